// A neighbour with a current client: reads commands as lines of JSON, answers each with a line of JSON.
// Strict as Element is: it neither writes to nor reads devices that their owner has not signed.
import { createInterface } from "node:readline";
import * as sdk from "matrix-js-sdk";
import { logger } from "matrix-js-sdk/lib/logger.js";
import { OnlySignedDevicesIsolationMode, VerificationPhase } from "matrix-js-sdk/lib/crypto-api/index.js";

logger.setLevel("silent");
for (const name of ["log", "info", "warn", "error", "debug"]) console[name] = () => {};

const [url, user, password] = process.argv.slice(2);
const first = sdk.createClient({ baseUrl: url });
const login = await first.loginRequest({
    type: "m.login.password", identifier: { type: "m.id.user", user }, password,
});
const client = sdk.createClient({
    baseUrl: url, userId: login.user_id, deviceId: login.device_id, accessToken: login.access_token,
});
await client.initRustCrypto({ useIndexedDB: false });
const crypto = client.getCrypto();
crypto.setDeviceIsolationMode(new OnlySignedDevicesIsolationMode());
await crypto.bootstrapCrossSigning({
    setupNewCrossSigning: process.argv[5] === "fresh",
    authUploadDeviceSigningKeys: async (send) => {
        try {
            await send(null);
        } catch (error) {
            if (!error.data?.session) throw error;
            const identifier = { type: "m.id.user", user: login.user_id };
            await send({ type: "m.login.password", identifier, password, session: error.data.session });
        }
    },
});
await client.startClient({ initialSyncLimit: 100, pollTimeout: 5000 });
await new Promise((done) => {
    const look = (state) => { if (state === "PREPARED") { client.off("sync", look); done(); } };
    client.on("sync", look);
});

async function shown(room) {
    const messages = [];
    for (const event of client.getRoom(room)?.getLiveTimeline().getEvents() ?? []) {
        await client.decryptEventIfNeeded(event);
        if (event.isRedacted() || event.getRelation()?.rel_type === "m.replace") continue;
        if (!["m.room.message", "m.room.encrypted"].includes(event.getType())) continue;
        const content = event.getContent();
        const trust = await crypto.getEncryptionInfoForEvent(event);
        messages.push({
            id: event.getId(),
            sender: event.getSender(),
            body: content.body,
            html: content.formatted_body ?? null,
            mentions: content["m.mentions"]?.user_ids ?? [],
            rings: client.getPushActionsForEvent(event)?.tweaks?.highlight === true,
            unreadable: event.isDecryptionFailure(),
            encrypted: event.isEncrypted(),
            edited: event.replacingEventId() != null,
            shield: trust?.shieldColour ?? null,
        });
    }
    return messages;
}

const commands = {
    create: async ({ invite, encrypted, ...more }) => (await client.createRoom({
        preset: "private_chat", invite, ...more,
        initial_state: encrypted
            ? [{ type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } }] : [],
    })).room_id,
    join: async ({ room }) => (await client.joinRoom(room)).roomId,
    invitations: async () => client.getRooms().filter((r) => r.getMyMembership() === "invite").map((r) => r.roomId),
    members: async ({ room }) => client.getRoom(room)?.getJoinedMembers().map((m) => m.userId) ?? [],
    say: async ({ room, text }) => (await client.sendTextMessage(room, text)).event_id,
    answer: async ({ room, id, text }) => (await client.sendEvent(room, "m.room.message", {
        "msgtype": "m.text", "body": text, "m.relates_to": { "m.in_reply_to": { event_id: id } },
    })).event_id,
    edit: async ({ room, id, text }) => (await client.sendEvent(room, "m.room.message", {
        "msgtype": "m.text", "body": `* ${text}`, "m.new_content": { msgtype: "m.text", body: text },
        "m.relates_to": { rel_type: "m.replace", event_id: id },
    })).event_id,
    react: async ({ room, id, emoji }) => (await client.sendEvent(room, "m.reaction", {
        "m.relates_to": { rel_type: "m.annotation", event_id: id, key: emoji },
    })).event_id,
    withdraw: async ({ room, id }) => (await client.redactEvent(room, id)).event_id,
    reactions: async ({ room, id }) =>
        client.getRoom(room).relations.getChildEventsForEvent(id, "m.annotation", "m.reaction")
            ?.getSortedAnnotationsByKey()?.map(([key, events]) => [key, events.size]) ?? [],
    shown: async ({ room }) => shown(room),
    trusts: async ({ user, device }) => {
        await crypto.getUserDeviceInfo([user], true);
        return (await crypto.getDeviceVerificationStatus(user, device))?.signedByOwner ?? null;
    },
    verify: async ({ user, room, device }) => {
        await crypto.getUserDeviceInfo([user], true);
        const request = room
            ? await crypto.requestVerificationDM(user, room) : await crypto.requestDeviceVerification(user, device);
        const over = () => [VerificationPhase.Cancelled, VerificationPhase.Done].includes(request.phase);
        await new Promise((done) => {
            const late = setTimeout(done, 20000);
            const look = () => { if (over()) { clearTimeout(late); done(); } };
            request.on("change", look);
            look();
        });
        return over() ? [request.cancellationCode, request.cancellingUserId] : null;
    },
    invite: async ({ room, user }) => (await client.invite(room, user), true),
    raw: async ({ room, type, content }) => (await client.http.authedRequest(
        "PUT", `/rooms/${encodeURIComponent(room)}/send/${type}/${Math.random()}`, undefined, content,
    )).event_id,
    forget: async ({ room }) => { await crypto.forceDiscardSession(room); return true; },
};

const tell = (answer) => process.stdout.write(JSON.stringify(answer) + "\n");
tell({ ready: true });
for await (const line of createInterface({ input: process.stdin })) {
    const { what, ...rest } = JSON.parse(line);
    try {
        tell({ value: (await commands[what](rest)) ?? null });
    } catch (error) {
        tell({ error: String(error?.stack ?? error) });
    }
}
process.exit(0);
