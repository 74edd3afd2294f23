BEGIN TRANSACTION;
CREATE TABLE account (
	community_id BIGINT NOT NULL, 
	network VARCHAR NOT NULL, 
	id VARCHAR NOT NULL, 
	member_id BIGINT NOT NULL, 
	name VARCHAR NOT NULL, 
	reachable BOOLEAN NOT NULL, 
	last_used DATETIME NOT NULL, 
	PRIMARY KEY (community_id, network, id)
);
INSERT INTO "account" VALUES(383059073433602048,'scene','杨老师',383059073433602051,'杨老师',1,'2026-11-23 01:00:00.000000');
INSERT INTO "account" VALUES(383059073433602048,'scene','陈伯',383059073433602053,'陈伯',1,'2026-11-23 01:00:00.000000');
INSERT INTO "account" VALUES(383059073433602048,'scene','王阿姨',383059073433602055,'王阿姨',1,'2026-11-23 01:00:00.000000');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0007');
CREATE TABLE appointment (
	community_id BIGINT NOT NULL, 
	network VARCHAR NOT NULL, 
	account VARCHAR NOT NULL, 
	PRIMARY KEY (community_id, network, account)
);
INSERT INTO "appointment" VALUES(383059073433602048,'scene','杨老师');
CREATE TABLE claim (
	community_id BIGINT NOT NULL, 
	id BIGINT NOT NULL, 
	occurrence_id BIGINT NOT NULL, 
	slot_id BIGINT NOT NULL, 
	member_id BIGINT NOT NULL, 
	ordinal INTEGER NOT NULL, 
	guest_of BIGINT, 
	name VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	speaker_network VARCHAR NOT NULL, 
	speaker_account VARCHAR NOT NULL, 
	promised VARCHAR NOT NULL, 
	happened VARCHAR NOT NULL, 
	thing VARCHAR NOT NULL, 
	portions INTEGER, 
	made_at DATETIME NOT NULL, 
	changes INTEGER NOT NULL, 
	PRIMARY KEY (community_id, id), 
	FOREIGN KEY(community_id, member_id) REFERENCES member (community_id, id), 
	FOREIGN KEY(community_id, slot_id) REFERENCES slot (community_id, id)
);
INSERT INTO "claim" VALUES(383059073433602048,383059073433602066,383059073433602057,383059073433602058,383059073433602053,0,NULL,'',1,'scene','陈伯','claimed','unknown','',NULL,'2026-11-23 01:00:00.000000',0);
INSERT INTO "claim" VALUES(383059073433602048,383059073433602084,383059073433602071,383059073433602072,383059073433602053,0,NULL,'',1,'scene','陈伯','claimed','unknown','',NULL,'2026-11-23 01:00:00.000000',0);
CREATE TABLE community (
	id BIGINT NOT NULL, 
	name VARCHAR NOT NULL, 
	zone VARCHAR NOT NULL, 
	lang VARCHAR NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "community" VALUES(383059073433602048,'邻里','Asia/Shanghai','zh');
CREATE TABLE copy (
	community_id BIGINT NOT NULL, 
	chat_id BIGINT NOT NULL, 
	message VARCHAR NOT NULL, 
	post_id BIGINT NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (community_id, chat_id, message)
);
INSERT INTO "copy" VALUES(383059073433602048,383059073433602052,'9',383059073433602059,'2026-11-23 01:00:00.000000');
INSERT INTO "copy" VALUES(383059073433602048,383059073433602049,'11',383059073433602061,'2026-11-23 01:00:00.000000');
INSERT INTO "copy" VALUES(383059073433602048,383059073433602054,'14',383059073433602070,'2026-11-23 01:00:00.000000');
INSERT INTO "copy" VALUES(383059073433602048,383059073433602052,'17',383059073433602075,'2026-11-23 01:00:00.000000');
INSERT INTO "copy" VALUES(383059073433602048,383059073433602049,'19',383059073433602078,'2026-11-23 01:00:00.000000');
INSERT INTO "copy" VALUES(383059073433602048,383059073433602054,'22',383059073433602088,'2026-11-23 01:00:00.000000');
INSERT INTO "copy" VALUES(383059073433602048,383059073433602052,'25',383059073433602091,'2026-11-23 01:00:00.000000');
INSERT INTO "copy" VALUES(383059073433602048,383059073433602052,'28',383059073433602094,'2026-11-23 01:00:00.000000');
INSERT INTO "copy" VALUES(383059073433602048,383059073433602049,'30',383059073433602096,'2026-11-23 01:00:00.000000');
INSERT INTO "copy" VALUES(383059073433602048,383059073433602052,'33',383059073433602104,'2026-11-23 01:00:00.000000');
INSERT INTO "copy" VALUES(383059073433602048,383059073433602049,'35',383059073433602107,'2026-11-23 01:00:00.000000');
INSERT INTO "copy" VALUES(383059073433602048,383059073433602052,'38',383059073433602116,'2026-11-23 01:00:00.000000');
INSERT INTO "copy" VALUES(383059073433602048,383059073433602052,'41',383059073433602121,'2026-11-23 01:00:00.000000');
INSERT INTO "copy" VALUES(383059073433602048,383059073433602049,'43',383059073433602123,'2026-11-23 01:00:00.000000');
INSERT INTO "copy" VALUES(383059073433602048,383059073433602054,'46',383059073433602128,'2026-11-23 01:00:00.000000');
INSERT INTO "copy" VALUES(383059073433602048,383059073433602052,'49',383059073433602130,'2026-11-23 01:00:00.000000');
INSERT INTO "copy" VALUES(383059073433602048,383059073433602052,'52',383059073433602133,'2026-11-23 01:00:00.000000');
INSERT INTO "copy" VALUES(383059073433602048,383059073433602052,'55',383059073433602136,'2026-11-23 01:00:00.000000');
INSERT INTO "copy" VALUES(383059073433602048,383059073433602052,'58',383059073433602138,'2026-11-23 01:00:00.000000');
CREATE TABLE counter (
	name VARCHAR NOT NULL, 
	value INTEGER NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "counter" VALUES('worker',2);
CREATE TABLE deed (
	community_id BIGINT NOT NULL, 
	id BIGINT NOT NULL, 
	at DATETIME NOT NULL, 
	verb VARCHAR NOT NULL, 
	by_network VARCHAR NOT NULL, 
	by_account VARCHAR NOT NULL, 
	by_member BIGINT NOT NULL, 
	for_member BIGINT NOT NULL, 
	occurrence_id BIGINT NOT NULL, 
	claim_id BIGINT NOT NULL, chat_id BIGINT DEFAULT 0 NOT NULL, 
	PRIMARY KEY (community_id, id)
);
INSERT INTO "deed" VALUES(383059073433602048,383059073433602050,'2026-11-23 01:00:00.000000','group_settings','','',0,0,0,0,383059073433602049);
INSERT INTO "deed" VALUES(383059073433602048,383059073433602065,'2026-11-23 01:00:00.000000','post','scene','杨老师',383059073433602051,0,383059073433602057,0,0);
INSERT INTO "deed" VALUES(383059073433602048,383059073433602067,'2026-11-23 01:00:00.000000','join','scene','陈伯',383059073433602053,383059073433602053,383059073433602057,383059073433602066,0);
INSERT INTO "deed" VALUES(383059073433602048,383059073433602083,'2026-11-23 01:00:00.000000','post','scene','杨老师',383059073433602051,0,383059073433602071,0,0);
INSERT INTO "deed" VALUES(383059073433602048,383059073433602085,'2026-11-23 01:00:00.000000','join','scene','陈伯',383059073433602053,383059073433602053,383059073433602071,383059073433602084,0);
INSERT INTO "deed" VALUES(383059073433602048,383059073433602090,'2026-11-23 01:00:00.000000','edit','scene','杨老师',383059073433602051,0,383059073433602071,0,0);
INSERT INTO "deed" VALUES(383059073433602048,383059073433602101,'2026-11-23 01:00:00.000000','post','scene','杨老师',383059073433602051,0,383059073433602092,0,0);
INSERT INTO "deed" VALUES(383059073433602048,383059073433602112,'2026-11-23 01:00:00.000000','post','scene','杨老师',383059073433602051,0,383059073433602102,0,0);
INSERT INTO "deed" VALUES(383059073433602048,383059073433602113,'2026-11-23 01:00:00.000000','edit','scene','杨老师',383059073433602051,0,383059073433602102,0,0);
INSERT INTO "deed" VALUES(383059073433602048,383059073433602127,'2026-11-23 01:00:00.000000','post','scene','杨老师',383059073433602051,0,383059073433602117,0,0);
INSERT INTO "deed" VALUES(383059073433602048,383059073433602129,'2026-11-23 01:00:00.000000','close','scene','杨老师',383059073433602051,0,383059073433602117,0,0);
CREATE TABLE heard (
	community_id BIGINT NOT NULL, 
	id BIGINT NOT NULL, 
	at DATETIME NOT NULL, 
	post_id BIGINT NOT NULL, 
	occurrence_id BIGINT NOT NULL, 
	member_id BIGINT NOT NULL, 
	network VARCHAR NOT NULL, 
	account VARCHAR NOT NULL, 
	PRIMARY KEY (community_id, id)
);
INSERT INTO "heard" VALUES(383059073433602048,383059073433602076,'2026-11-23 01:00:00.000000',383059073433602075,383059073433602071,383059073433602051,'scene','杨老师');
INSERT INTO "heard" VALUES(383059073433602048,383059073433602089,'2026-11-23 01:00:00.000000',383059073433602088,383059073433602071,383059073433602053,'scene','陈伯');
INSERT INTO "heard" VALUES(383059073433602048,383059073433602105,'2026-11-23 01:00:00.000000',383059073433602104,383059073433602102,383059073433602051,'scene','杨老师');
INSERT INTO "heard" VALUES(383059073433602048,383059073433602137,'2026-11-23 01:00:00.000000',383059073433602136,383059073433602134,383059073433602051,'scene','杨老师');
CREATE TABLE knownchat (
	community_id BIGINT NOT NULL, 
	id BIGINT NOT NULL, 
	network VARCHAR NOT NULL, 
	address VARCHAR NOT NULL, 
	private BOOLEAN NOT NULL, 
	name VARCHAR NOT NULL, 
	lang VARCHAR, 
	account VARCHAR NOT NULL, 
	greeted BOOLEAN NOT NULL, 
	closed BOOLEAN NOT NULL, 
	asked_on VARCHAR NOT NULL, bound VARCHAR DEFAULT '' NOT NULL, named VARCHAR DEFAULT '' NOT NULL, refused BOOLEAN DEFAULT 0 NOT NULL, brought_by VARCHAR DEFAULT '' NOT NULL, 
	PRIMARY KEY (community_id, id), 
	UNIQUE (community_id, network, address)
);
INSERT INTO "knownchat" VALUES(383059073433602048,383059073433602049,'scene','group/group',0,'group',NULL,'',0,0,'','settings','scene:group/group',0,'');
INSERT INTO "knownchat" VALUES(383059073433602048,383059073433602052,'scene','private/杨老师',1,'杨老师',NULL,'杨老师',0,0,'','','',0,'');
INSERT INTO "knownchat" VALUES(383059073433602048,383059073433602054,'scene','private/陈伯',1,'陈伯',NULL,'陈伯',0,0,'','','',0,'');
INSERT INTO "knownchat" VALUES(383059073433602048,383059073433602056,'scene','private/王阿姨',1,'王阿姨',NULL,'王阿姨',0,0,'','','',0,'');
CREATE TABLE member (
	community_id BIGINT NOT NULL, 
	id BIGINT NOT NULL, 
	name VARCHAR NOT NULL, 
	lang VARCHAR, 
	proxy_id BIGINT, 
	named BOOLEAN NOT NULL, 
	quiet BOOLEAN NOT NULL, 
	merged_into BIGINT, 
	PRIMARY KEY (community_id, id)
);
INSERT INTO "member" VALUES(383059073433602048,383059073433602051,'杨老师',NULL,NULL,0,0,NULL);
INSERT INTO "member" VALUES(383059073433602048,383059073433602053,'陈伯',NULL,NULL,0,0,NULL);
INSERT INTO "member" VALUES(383059073433602048,383059073433602055,'王阿姨',NULL,NULL,0,0,NULL);
CREATE TABLE occurrence (
	community_id BIGINT NOT NULL, 
	id BIGINT NOT NULL, 
	series_id BIGINT, 
	original VARCHAR NOT NULL, 
	number INTEGER, 
	kind VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	starts_at DATETIME, 
	ends_at DATETIME, 
	report_at DATETIME, 
	all_day BOOLEAN NOT NULL, 
	place VARCHAR NOT NULL, 
	bring VARCHAR NOT NULL, 
	confided VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	chats JSON NOT NULL, 
	made_by BIGINT NOT NULL, 
	draft JSON NOT NULL, 
	PRIMARY KEY (community_id, id), 
	FOREIGN KEY(community_id, series_id) REFERENCES series (community_id, id), 
	UNIQUE (community_id, number), 
	UNIQUE (community_id, series_id, original)
);
INSERT INTO "occurrence" VALUES(383059073433602048,383059073433602057,383059073433602060,'2026-11-27T19:00',1,'patrol','open','巡逻','2026-11-27 11:00:00.000000','2026-11-27 13:00:00.000000',NULL,0,'东门','','','','[]',383059073433602051,'{"posting": {"kind": "patrol", "title": "\u5de1\u903b", "start": "2026-11-27T19:00:00+08:00", "end": "2026-11-27T21:00:00+08:00", "report_at": null, "rrule": null, "time": null, "time_end": null, "since": null, "except_": [], "place": "\u4e1c\u95e8", "min": null, "max": 2, "slots": [], "bring": null, "whom": null, "rest": "", "groups": [], "ambiguous": false, "daypart": null}, "question": "", "blocked": false, "rule_words": "", "chain": "", "chains": ["#\u63a5\u9f99\n\u5de1\u903b #1 11\u670827\u65e5\u5468\u4e94\u665a\u4e0a7\u70b9\u52309\u70b9\n\u5730\u70b9\uff1a\u4e1c\u95e8\n\n1. \u9648\u4f2f"]}');
INSERT INTO "occurrence" VALUES(383059073433602048,383059073433602071,383059073433602077,'2026-11-28T09:00',2,'visit','open','慰问','2026-11-28 01:00:00.000000','2026-11-28 03:00:00.000000',NULL,0,'','','1，2，3，钥匙在花盆底下','','[]',383059073433602051,'{"posting": {"kind": "visit", "title": "\u6170\u95ee", "start": "2026-11-28T09:00:00+08:00", "end": "2026-11-28T11:00:00+08:00", "report_at": null, "rrule": null, "time": null, "time_end": null, "since": null, "except_": [], "place": null, "min": null, "max": null, "slots": [{"label": "3\u53f7\u697c", "max": 3, "min": null, "said": "3\u53f7\u697c501 \u6b27\u9633\u91d1\u4e1d\u96c0"}, {"label": "5\u53f7\u697c", "max": 3, "min": null, "said": "5\u53f7\u697c502 \u767e\u65e5\u54b3\u7237\u7237"}, {"label": "12\u53f7\u697c", "max": 3, "min": null, "said": "12\u53f7\u697c503 13917775501"}], "bring": null, "whom": null, "rest": "1\uff0c2\uff0c3\uff0c\u94a5\u5319\u5728\u82b1\u76c6\u5e95\u4e0b", "groups": [], "ambiguous": false, "daypart": null}, "question": "", "blocked": false, "rule_words": "", "chain": ""}');
INSERT INTO "occurrence" VALUES(383059073433602048,383059073433602092,383059073433602095,'2026-11-25T19:00',3,'patrol','open','巡逻','2026-11-25 11:00:00.000000',NULL,NULL,0,'西门','','','','[]',383059073433602051,'{"posting": {"kind": "patrol", "title": "\u5de1\u903b", "start": null, "end": null, "report_at": null, "rrule": "FREQ=WEEKLY;BYDAY=WE", "time": "19:00:00", "time_end": null, "since": null, "except_": [], "place": "\u897f\u95e8", "min": null, "max": 2, "slots": [], "bring": null, "whom": null, "rest": "", "groups": [], "ambiguous": false, "daypart": null}, "question": "", "blocked": false, "rule_words": "\u6bcf\u5468\u4e09\u665a\u4e0a7\u70b9", "chain": ""}');
INSERT INTO "occurrence" VALUES(383059073433602048,383059073433602102,383059073433602106,'2026-12-06T09:00',4,'visit','open','慰问','2026-12-06 02:00:00.000000',NULL,NULL,0,'12号楼','血压计','蓝山雀奶奶 12号楼601 蓝山雀奶奶','','[]',383059073433602051,'{"posting": {"kind": "visit", "title": "\u6170\u95ee", "start": "2026-12-06T10:00:00+08:00", "end": null, "report_at": null, "rrule": null, "time": null, "time_end": null, "since": null, "except_": [], "place": "12\u53f7\u697c", "min": null, "max": null, "slots": [], "bring": "\u8840\u538b\u8ba1", "whom": "\u84dd\u5c71\u96c0\u5976\u5976 12\u53f7\u697c601 \u84dd\u5c71\u96c0\u5976\u5976", "rest": "", "groups": [], "ambiguous": false, "daypart": null}, "question": "", "blocked": false, "rule_words": "", "chain": ""}');
INSERT INTO "occurrence" VALUES(383059073433602048,383059073433602117,383059073433602122,'2026-12-05T17:00',5,'potluck','closed','百家饭','2026-12-05 09:00:00.000000',NULL,NULL,0,'活动室','','','','[]',383059073433602051,'{"posting": {"kind": "potluck", "title": "\u767e\u5bb6\u996d", "start": "2026-12-05T17:00:00+08:00", "end": null, "report_at": null, "rrule": null, "time": null, "time_end": null, "since": null, "except_": [], "place": "\u6d3b\u52a8\u5ba4", "min": null, "max": null, "slots": [{"label": "cold", "max": 3, "min": null, "said": "\u51c9\u83dc"}, {"label": "hot", "max": 4, "min": null, "said": "\u70ed\u83dc"}, {"label": "soup", "max": 1, "min": null, "said": "\u6c64"}], "bring": null, "whom": null, "rest": "", "groups": [], "ambiguous": false, "daypart": null}, "question": "", "blocked": false, "rule_words": "", "chain": ""}');
INSERT INTO "occurrence" VALUES(383059073433602048,383059073433602131,NULL,'',NULL,'patrol','draft','巡逻',NULL,NULL,NULL,0,'北门','','','','[]',383059073433602051,'{"posting": {"kind": "patrol", "title": "\u5de1\u903b", "start": null, "end": null, "report_at": null, "rrule": null, "time": null, "time_end": null, "since": null, "except_": [], "place": "\u5317\u95e8", "min": null, "max": 2, "slots": [], "bring": null, "whom": null, "rest": "", "groups": [], "ambiguous": false, "daypart": null}, "question": "\u662f\u4ec0\u4e48\u65f6\u5019\uff1f", "blocked": true, "rule_words": "", "chain": ""}');
INSERT INTO "occurrence" VALUES(383059073433602048,383059073433602134,NULL,'',NULL,'visit','draft','慰问','2026-12-05 01:00:00.000000',NULL,NULL,0,'7号楼','','7号楼302 白鹭爷爷 腿脚不便','','[]',383059073433602051,'{"posting": {"kind": "visit", "title": "\u6170\u95ee", "start": "2026-12-05T09:00:00+08:00", "end": null, "report_at": null, "rrule": null, "time": null, "time_end": null, "since": null, "except_": [], "place": "7\u53f7\u697c", "min": null, "max": null, "slots": [], "bring": null, "whom": "7\u53f7\u697c302 \u767d\u9e6d\u7237\u7237 \u817f\u811a\u4e0d\u4fbf", "rest": "", "groups": [], "ambiguous": false, "daypart": null}, "question": "", "blocked": false, "rule_words": "", "chain": ""}');
CREATE TABLE paired (
	community_id BIGINT NOT NULL, 
	network VARCHAR NOT NULL, 
	account VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (community_id, network, account)
);
CREATE TABLE pairingcode (
	community_id BIGINT NOT NULL, 
	salt VARCHAR NOT NULL, 
	digest VARCHAR NOT NULL, 
	expires DATETIME NOT NULL, 
	used BOOLEAN NOT NULL, 
	guesses JSON NOT NULL, 
	PRIMARY KEY (community_id)
);
CREATE TABLE post (
	community_id BIGINT NOT NULL, 
	id BIGINT NOT NULL, 
	chat_id BIGINT NOT NULL, 
	member_id BIGINT NOT NULL, 
	occurrence_id BIGINT NOT NULL, 
	claim_id BIGINT NOT NULL, 
	rule VARCHAR NOT NULL, 
	occasion VARCHAR NOT NULL, 
	urgency INTEGER NOT NULL, 
	due DATETIME NOT NULL, 
	not_before DATETIME NOT NULL, 
	expires DATETIME, 
	state VARCHAR NOT NULL, 
	pending BOOLEAN NOT NULL, 
	life INTEGER NOT NULL, 
	wanted INTEGER NOT NULL, 
	sending INTEGER, 
	sending_since DATETIME, 
	shown INTEGER NOT NULL, 
	message VARCHAR, 
	shown_in BIGINT NOT NULL, 
	attempts INTEGER NOT NULL, 
	own BOOLEAN NOT NULL, 
	looks VARCHAR NOT NULL, 
	body JSON NOT NULL, 
	actions JSON NOT NULL, 
	offered JSON NOT NULL, confides BOOLEAN DEFAULT 0 NOT NULL, 
	PRIMARY KEY (community_id, id), 
	UNIQUE (community_id, chat_id, member_id, occurrence_id, claim_id, rule, occasion)
);
INSERT INTO "post" VALUES(383059073433602048,383059073433602059,0,383059073433602051,383059073433602057,0,'draft','bot:8/1',0,'2026-11-23 01:00:00.000000','2026-11-23 01:00:00.000000',NULL,'settled',0,1,2,NULL,NULL,2,'9',383059073433602052,0,0,'83812b4dd1134ca5','{}','[]','[["publish", "\ud83d\udce3", "\u53d1\u5e03"], ["change", "\u270f\ufe0f", "\u4fee\u6539"], ["discard", "\ud83d\uddd1\ufe0f", "\u653e\u5f03"]]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602061,383059073433602049,0,383059073433602057,0,'roster','',1,'2026-11-23 01:00:00.000000','2026-11-23 01:00:00.000000',NULL,'open',0,1,2,NULL,NULL,2,'11',383059073433602049,0,0,'5b51a501e572632a','{}','[["join", "\ud83d\ude4b", "\u6211\u6765"], ["leave", "\ud83d\udc4b", "\u9000\u51fa"]]','[]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602062,383059073433602049,0,0,0,'lines','20261126T1100',3,'2026-11-26 11:00:00.000000','2026-11-26 11:00:00.000000','2026-11-27 11:00:00.000000','open',1,1,1,NULL,NULL,0,NULL,0,0,1,'','{"about": [[383059073433602057, "eve"]]}','[]','[]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602063,383059073433602049,0,0,0,'lines','20261127T1000',3,'2026-11-27 10:00:00.000000','2026-11-27 10:00:00.000000','2026-11-27 11:00:00.000000','open',1,1,1,NULL,NULL,0,NULL,0,0,1,'','{"about": [[383059073433602057, "1h"]]}','[]','[]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602064,0,383059073433602051,383059073433602057,0,'empty','20261127T1100',4,'2026-11-26 11:00:00.000000','2026-11-26 11:00:00.000000','2026-11-27 11:00:00.000000','open',1,1,1,NULL,NULL,0,NULL,0,0,0,'','{}','[]','[]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602068,0,383059073433602053,383059073433602057,0,'remind','eve@20261127T1100',3,'2026-11-26 11:00:00.000000','2026-11-26 11:00:00.000000','2026-11-26 16:00:00.000000','open',1,1,1,NULL,NULL,0,NULL,0,0,0,'','{"reminder": "eve"}','[]','[]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602069,0,383059073433602053,383059073433602057,0,'remind','1h@20261127T1100',3,'2026-11-27 10:00:00.000000','2026-11-27 10:00:00.000000','2026-11-27 11:00:00.000000','open',1,1,1,NULL,NULL,0,NULL,0,0,0,'','{"reminder": "1h"}','[]','[]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602070,0,383059073433602053,383059073433602057,0,'readback','bot:13/1',0,'2026-11-23 01:00:00.000000','2026-11-23 01:00:00.000000',NULL,'open',0,1,1,NULL,NULL,1,'14',383059073433602054,0,0,'8c608392f1561068','{"verb": "join", "claims": [[383059073433602066, 0]], "waited": [], "origin": 383059073433602049}','[["undo", "\u21a9\ufe0f", "\u64a4\u9500"]]','[]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602075,0,383059073433602051,383059073433602071,0,'draft','bot:16/1',0,'2026-11-23 01:00:00.000000','2026-11-23 01:00:00.000000',NULL,'settled',0,1,2,NULL,NULL,2,'17',383059073433602052,0,0,'53148f58fd3227b3','{}','[]','[["publish", "\ud83d\udce3", "\u53d1\u5e03"], ["change", "\u270f\ufe0f", "\u4fee\u6539"], ["discard", "\ud83d\uddd1\ufe0f", "\u653e\u5f03"]]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602078,383059073433602049,0,383059073433602071,0,'roster','',1,'2026-11-23 01:00:00.000000','2026-11-23 01:00:00.000000',NULL,'open',0,1,3,NULL,NULL,3,'19',383059073433602049,0,0,'93cc678e8e79fcfa','{}','[["join", "\ud83d\ude4b", "\u6211\u6765"], ["leave", "\ud83d\udc4b", "\u9000\u51fa"]]','[]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602079,0,0,383059073433602071,0,'fade','fade',4,'2026-11-29 03:00:00.000000','2026-11-29 03:00:00.000000',NULL,'open',1,1,1,NULL,NULL,0,NULL,0,0,0,'','{}','[]','[]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602080,383059073433602049,0,0,0,'lines','20261127T1100',3,'2026-11-27 11:00:00.000000','2026-11-27 11:00:00.000000','2026-11-28 01:00:00.000000','open',1,1,1,NULL,NULL,0,NULL,0,0,1,'','{"about": [[383059073433602071, "eve"]]}','[]','[]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602081,383059073433602049,0,0,0,'lines','20261128T0000',3,'2026-11-28 00:00:00.000000','2026-11-28 00:00:00.000000','2026-11-28 01:00:00.000000','open',1,1,1,NULL,NULL,0,NULL,0,0,1,'','{"about": [[383059073433602071, "1h"]]}','[]','[]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602082,0,383059073433602051,383059073433602071,0,'empty','20261128T0100',4,'2026-11-27 11:00:00.000000','2026-11-27 11:00:00.000000','2026-11-28 01:00:00.000000','open',1,1,1,NULL,NULL,0,NULL,0,0,0,'','{}','[]','[]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602086,0,383059073433602053,383059073433602071,0,'remind','eve@20261128T0100',3,'2026-11-27 11:00:00.000000','2026-11-27 11:00:00.000000','2026-11-27 16:00:00.000000','open',1,1,1,NULL,NULL,0,NULL,0,0,0,'','{"reminder": "eve"}','[]','[]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602087,0,383059073433602053,383059073433602071,0,'remind','1h@20261128T0100',3,'2026-11-28 00:00:00.000000','2026-11-28 00:00:00.000000','2026-11-28 01:00:00.000000','open',1,1,1,NULL,NULL,0,NULL,0,0,0,'','{"reminder": "1h"}','[]','[]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602088,0,383059073433602053,383059073433602071,0,'readback','bot:21/1',0,'2026-11-23 01:00:00.000000','2026-11-23 01:00:00.000000',NULL,'open',0,1,3,NULL,NULL,3,'22',383059073433602054,0,0,'f02ee65ac5103167','{"verb": "join", "claims": [[383059073433602084, 0]], "waited": []}','[["undo", "\u21a9\ufe0f", "\u64a4\u9500"]]','[]',1);
INSERT INTO "post" VALUES(383059073433602048,383059073433602091,0,383059073433602051,383059073433602071,0,'notice','bot:24/1',0,'2026-11-23 01:00:00.000000','2026-11-23 01:00:00.000000',NULL,'open',0,1,1,NULL,NULL,1,'25',383059073433602052,0,0,'bd40cb9970c3a58f','{"key": "edit.done", "facts": {"what": "\u4eba\u6570\uff0c\u73b0\u57281/9", "n": 0}, "before": {"starts_at": "2026-11-28T01:00:00+00:00", "ends_at": "2026-11-28T03:00:00+00:00", "report_at": null, "all_day": false, "title": "\u6170\u95ee", "place": "", "bring": "", "note": "", "confided": "1\uff0c2\uff0c3\uff0c\u94a5\u5319\u5728\u82b1\u76c6\u5e95\u4e0b", "state": "open", "draft": {"posting": {"kind": "visit", "title": "\u6170\u95ee", "start": "2026-11-28T09:00:00+08:00", "end": "2026-11-28T11:00:00+08:00", "report_at": null, "rrule": null, "time": null, "time_end": null, "since": null, "except_": [], "place": null, "min": null, "max": null, "slots": [{"label": "3\u53f7\u697c", "max": 2, "min": null, "said": "3\u53f7\u697c501 \u6b27\u9633\u91d1\u4e1d\u96c0"}, {"label": "5\u53f7\u697c", "max": 2, "min": null, "said": "5\u53f7\u697c502 \u767e\u65e5\u54b3\u7237\u7237"}, {"label": "12\u53f7\u697c", "max": 2, "min": null, "said": "12\u53f7\u697c503 13917775501"}], "bring": null, "whom": null, "rest": "1\uff0c2\uff0c3\uff0c\u94a5\u5319\u5728\u82b1\u76c6\u5e95\u4e0b", "groups": [], "ambiguous": false, "daypart": null}, "question": "", "blocked": false, "rule_words": "", "chain": ""}, "slots": {"383059073433602072": [null, 2, 0, "3\u53f7\u697c501 \u6b27\u9633\u91d1\u4e1d\u96c0", "3\u53f7\u697c"], "383059073433602073": [null, 2, 1, "5\u53f7\u697c502 \u767e\u65e5\u54b3\u7237\u7237", "5\u53f7\u697c"], "383059073433602074": [null, 2, 2, "12\u53f7\u697c503 13917775501", "12\u53f7\u697c"]}}}','[["undo", "\u21a9\ufe0f", "\u64a4\u9500"]]','[]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602094,0,383059073433602051,383059073433602092,0,'draft','bot:27/1',0,'2026-11-23 01:00:00.000000','2026-11-23 01:00:00.000000',NULL,'settled',0,1,2,NULL,NULL,2,'28',383059073433602052,0,0,'dd29098dba8dda3d','{}','[]','[["publish", "\ud83d\udce3", "\u53d1\u5e03"], ["change", "\u270f\ufe0f", "\u4fee\u6539"], ["discard", "\ud83d\uddd1\ufe0f", "\u653e\u5f03"]]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602096,383059073433602049,0,383059073433602092,0,'roster','',1,'2026-11-23 01:00:00.000000','2026-11-23 01:00:00.000000',NULL,'open',0,1,1,NULL,NULL,1,'30',383059073433602049,0,0,'f89ab9c8f040f4de','{}','[["join", "\ud83d\ude4b", "\u6211\u6765"], ["leave", "\ud83d\udc4b", "\u9000\u51fa"]]','[]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602097,383059073433602049,0,0,0,'lines','20261124T1100',3,'2026-11-24 11:00:00.000000','2026-11-24 11:00:00.000000','2026-11-25 11:00:00.000000','open',1,1,1,NULL,NULL,0,NULL,0,0,1,'','{"about": [[383059073433602092, "eve"]]}','[]','[]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602098,383059073433602049,0,0,0,'lines','20261125T1000',3,'2026-11-25 10:00:00.000000','2026-11-25 10:00:00.000000','2026-11-25 11:00:00.000000','open',1,1,1,NULL,NULL,0,NULL,0,0,1,'','{"about": [[383059073433602092, "1h"]]}','[]','[]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602099,0,383059073433602051,383059073433602092,0,'empty','20261125T1100',4,'2026-11-24 11:00:00.000000','2026-11-24 11:00:00.000000','2026-11-25 11:00:00.000000','open',1,1,1,NULL,NULL,0,NULL,0,0,0,'','{}','[]','[]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602100,0,0,383059073433602092,0,'next','next',4,'2026-11-25 13:00:00.000000','2026-11-25 13:00:00.000000',NULL,'open',1,1,1,NULL,NULL,0,NULL,0,0,0,'','{}','[]','[]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602104,0,383059073433602051,383059073433602102,0,'draft','bot:32/1',0,'2026-11-23 01:00:00.000000','2026-11-23 01:00:00.000000',NULL,'settled',0,1,2,NULL,NULL,2,'33',383059073433602052,0,0,'17670c101f215234','{}','[]','[["publish", "\ud83d\udce3", "\u53d1\u5e03"], ["change", "\u270f\ufe0f", "\u4fee\u6539"], ["discard", "\ud83d\uddd1\ufe0f", "\u653e\u5f03"]]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602107,383059073433602049,0,383059073433602102,0,'roster','',1,'2026-11-23 01:00:00.000000','2026-11-23 01:00:00.000000',NULL,'open',0,1,2,NULL,NULL,2,'35',383059073433602049,0,0,'a71e596e94962e87','{}','[["join", "\ud83d\ude4b", "\u6211\u6765"], ["leave", "\ud83d\udc4b", "\u9000\u51fa"]]','[]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602108,0,0,383059073433602102,0,'fade','fade',4,'2026-12-07 04:00:00.000000','2026-12-07 04:00:00.000000',NULL,'open',1,1,2,NULL,NULL,0,NULL,0,0,0,'','{}','[]','[]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602109,383059073433602049,0,0,0,'lines','20261205T1100',3,'2026-12-05 11:00:00.000000','2026-12-05 11:00:00.000000','2026-12-06 01:00:00.000000','open',1,1,2,NULL,NULL,0,NULL,0,0,1,'','{"about": [[383059073433602102, "eve"]]}','[]','[]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602110,383059073433602049,0,0,0,'lines','20261206T0000',3,'2026-12-06 00:00:00.000000','2026-12-06 00:00:00.000000','2026-12-06 01:00:00.000000','open',1,1,1,NULL,NULL,0,NULL,0,0,1,'','{"about": [[383059073433602102, "1h"]]}','[]','[]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602111,0,383059073433602051,383059073433602102,0,'empty','20261206T0100',4,'2026-12-05 11:00:00.000000','2026-12-05 11:00:00.000000','2026-12-06 01:00:00.000000','open',1,1,1,NULL,NULL,0,NULL,0,0,0,'','{}','[]','[]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602114,383059073433602049,0,0,0,'lines','20261206T0100',3,'2026-12-06 01:00:00.000000','2026-12-06 01:00:00.000000','2026-12-06 02:00:00.000000','open',1,1,1,NULL,NULL,0,NULL,0,0,1,'','{"about": [[383059073433602102, "1h"]]}','[]','[]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602115,0,383059073433602051,383059073433602102,0,'empty','20261206T0200',4,'2026-12-05 11:00:00.000000','2026-12-05 11:00:00.000000','2026-12-06 02:00:00.000000','open',1,1,1,NULL,NULL,0,NULL,0,0,0,'','{}','[]','[]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602116,0,383059073433602051,383059073433602102,0,'notice','bot:37/1',0,'2026-11-23 01:00:00.000000','2026-11-23 01:00:00.000000',NULL,'open',0,1,1,NULL,NULL,1,'38',383059073433602052,0,0,'93ad7ed61ef632df','{"key": "edit.done", "facts": {"what": "\u65f6\u95f4", "n": 0}, "before": {"starts_at": "2026-12-06T01:00:00+00:00", "ends_at": null, "report_at": null, "all_day": false, "title": "\u6170\u95ee", "place": "12\u53f7\u697c", "bring": "\u8840\u538b\u8ba1", "note": "", "confided": "\u84dd\u5c71\u96c0\u5976\u5976 12\u53f7\u697c601 \u84dd\u5c71\u96c0\u5976\u5976", "state": "open", "draft": {"posting": {"kind": "visit", "title": "\u6170\u95ee", "start": "2026-12-06T09:00:00+08:00", "end": null, "report_at": null, "rrule": null, "time": null, "time_end": null, "since": null, "except_": [], "place": "12\u53f7\u697c", "min": null, "max": null, "slots": [], "bring": "\u8840\u538b\u8ba1", "whom": "\u84dd\u5c71\u96c0\u5976\u5976 12\u53f7\u697c601 \u84dd\u5c71\u96c0\u5976\u5976", "rest": "", "groups": [], "ambiguous": false, "daypart": null}, "question": "", "blocked": false, "rule_words": "", "chain": ""}, "slots": {"383059073433602103": [null, null, 0, "", ""]}}}','[["undo", "\u21a9\ufe0f", "\u64a4\u9500"]]','[]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602121,0,383059073433602051,383059073433602117,0,'draft','bot:40/1',0,'2026-11-23 01:00:00.000000','2026-11-23 01:00:00.000000',NULL,'settled',0,1,2,NULL,NULL,2,'41',383059073433602052,0,0,'afa13a50388b5de5','{}','[]','[["publish", "\ud83d\udce3", "\u53d1\u5e03"], ["change", "\u270f\ufe0f", "\u4fee\u6539"], ["discard", "\ud83d\uddd1\ufe0f", "\u653e\u5f03"]]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602123,383059073433602049,0,383059073433602117,0,'roster','',1,'2026-11-23 01:00:00.000000','2026-11-23 01:00:00.000000',NULL,'open',0,1,2,NULL,NULL,2,'43',383059073433602049,0,0,'bc11d3c7e0872c38','{}','[["leave", "\ud83d\udc4b", "\u9000\u51fa"]]','[["join", "\ud83d\ude4b", "\u6211\u5e26\u83dc"]]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602124,383059073433602049,0,0,0,'lines','20261204T1100',3,'2026-12-04 11:00:00.000000','2026-12-04 11:00:00.000000','2026-12-05 09:00:00.000000','open',1,1,1,NULL,NULL,0,NULL,0,0,1,'','{"about": [[383059073433602117, "eve"]]}','[]','[]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602125,383059073433602049,0,0,0,'lines','20261205T0800',3,'2026-12-05 08:00:00.000000','2026-12-05 08:00:00.000000','2026-12-05 09:00:00.000000','open',1,1,1,NULL,NULL,0,NULL,0,0,1,'','{"about": [[383059073433602117, "1h"]]}','[]','[]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602126,0,383059073433602051,383059073433602117,0,'empty','20261205T0900',4,'2026-12-04 11:00:00.000000','2026-12-04 11:00:00.000000','2026-12-05 09:00:00.000000','open',1,1,1,NULL,NULL,0,NULL,0,0,0,'','{}','[]','[]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602128,0,383059073433602053,383059073433602057,0,'chain','bot:45/1',0,'2026-11-23 01:00:00.000000','2026-11-23 01:00:00.000000',NULL,'open',0,1,1,NULL,NULL,1,'46',383059073433602054,0,0,'9a49ac3a5cc44284','{}','[]','[]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602130,0,383059073433602051,383059073433602117,0,'notice','bot:48/1',0,'2026-11-23 01:00:00.000000','2026-11-23 01:00:00.000000',NULL,'open',0,1,1,NULL,NULL,1,'49',383059073433602052,0,0,'2f703ce0e752fc29','{"key": "closed.done", "before": {"state": "open"}}','[["undo", "\u21a9\ufe0f", "\u64a4\u9500"]]','[]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602133,0,383059073433602051,383059073433602131,0,'draft','bot:51/1',0,'2026-11-23 01:00:00.000000','2026-11-23 01:00:00.000000',NULL,'open',0,1,1,NULL,NULL,1,'52',383059073433602052,0,0,'8a39503dfc0d3b64','{}','[["change", "\u270f\ufe0f", "\u4fee\u6539"], ["discard", "\ud83d\uddd1\ufe0f", "\u653e\u5f03"]]','[]',0);
INSERT INTO "post" VALUES(383059073433602048,383059073433602136,0,383059073433602051,383059073433602134,0,'draft','bot:54/1',0,'2026-11-23 01:00:00.000000','2026-11-23 01:00:00.000000',NULL,'open',0,1,1,NULL,NULL,1,'55',383059073433602052,0,0,'bb813de027d8f8d2','{}','[["publish", "\ud83d\udce3", "\u53d1\u5e03"], ["change", "\u270f\ufe0f", "\u4fee\u6539"], ["discard", "\ud83d\uddd1\ufe0f", "\u653e\u5f03"]]','[]',1);
INSERT INTO "post" VALUES(383059073433602048,383059073433602138,0,383059073433602051,0,0,'ask','bot:57/1',0,'2026-11-23 01:00:00.000000','2026-11-23 01:00:00.000000',NULL,'open',0,1,1,NULL,NULL,1,'58',383059073433602052,0,0,'be73c199509c0a60','{"key": "ask.kind", "facts": {}, "options": [["\u5de1\u903b", {"verb": "post", "occurrence": 0, "slot": 0, "number": null, "kind": "patrol", "day": "", "names": [], "lives": "", "people": [], "strangers": [], "myself": true, "guests": 0, "thing": "12\u67087\u65e5 9\u70b9 8\u53f7\u697c404 \u53bb\u770b\u7070\u559c\u9e4a\u5976\u5976\uff0c\u6bcf\u5929\u8981\u5438\u6c27", "portions": null, "sure": true, "typed": true}], ["\u6170\u95ee", {"verb": "post", "occurrence": 0, "slot": 0, "number": null, "kind": "visit", "day": "", "names": [], "lives": "", "people": [], "strangers": [], "myself": true, "guests": 0, "thing": "12\u67087\u65e5 9\u70b9 8\u53f7\u697c404 \u53bb\u770b\u7070\u559c\u9e4a\u5976\u5976\uff0c\u6bcf\u5929\u8981\u5438\u6c27", "portions": null, "sure": true, "typed": true}], ["\u4e00\u7c73\u9633\u53f0", {"verb": "post", "occurrence": 0, "slot": 0, "number": null, "kind": "balcony", "day": "", "names": [], "lives": "", "people": [], "strangers": [], "myself": true, "guests": 0, "thing": "12\u67087\u65e5 9\u70b9 8\u53f7\u697c404 \u53bb\u770b\u7070\u559c\u9e4a\u5976\u5976\uff0c\u6bcf\u5929\u8981\u5438\u6c27", "portions": null, "sure": true, "typed": true}], ["\u767e\u5bb6\u996d", {"verb": "post", "occurrence": 0, "slot": 0, "number": null, "kind": "potluck", "day": "", "names": [], "lives": "", "people": [], "strangers": [], "myself": true, "guests": 0, "thing": "12\u67087\u65e5 9\u70b9 8\u53f7\u697c404 \u53bb\u770b\u7070\u559c\u9e4a\u5976\u5976\uff0c\u6bcf\u5929\u8981\u5438\u6c27", "portions": null, "sure": true, "typed": true}]]}','[["pick.0", "1\ufe0f\u20e3", "\u5de1\u903b"], ["pick.1", "2\ufe0f\u20e3", "\u6170\u95ee"], ["pick.2", "3\ufe0f\u20e3", "\u4e00\u7c73\u9633\u53f0"], ["pick.3", "4\ufe0f\u20e3", "\u767e\u5bb6\u996d"]]','[]',0);
CREATE TABLE presence (
	community_id BIGINT NOT NULL, 
	chat_id BIGINT NOT NULL, 
	account VARCHAR NOT NULL, 
	administrator BOOLEAN NOT NULL, 
	"left" BOOLEAN NOT NULL, 
	asked BOOLEAN NOT NULL, 
	PRIMARY KEY (community_id, chat_id, account)
);
INSERT INTO "presence" VALUES(383059073433602048,383059073433602049,'杨老师',0,0,0);
INSERT INTO "presence" VALUES(383059073433602048,383059073433602049,'陈伯',0,0,0);
INSERT INTO "presence" VALUES(383059073433602048,383059073433602049,'王阿姨',0,0,0);
CREATE TABLE seen (
	bot VARCHAR NOT NULL, 
	event VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	chat VARCHAR NOT NULL, 
	message VARCHAR NOT NULL, 
	outcome VARCHAR NOT NULL, 
	occurrence_id BIGINT NOT NULL, 
	answer JSON NOT NULL, 
	PRIMARY KEY (bot, event)
);
INSERT INTO "seen" VALUES('bot','1','2026-11-23 01:00:00.000000','group/group','','nothing',0,'{"toast": "", "alert": false, "mark": "", "open": false}');
INSERT INTO "seen" VALUES('bot','2','2026-11-23 01:00:00.000000','private/杨老师','','nothing',0,'{"toast": "", "alert": false, "mark": "", "open": false}');
INSERT INTO "seen" VALUES('bot','3','2026-11-23 01:00:00.000000','group/group','','nothing',0,'{"toast": "", "alert": false, "mark": "", "open": false}');
INSERT INTO "seen" VALUES('bot','4','2026-11-23 01:00:00.000000','private/陈伯','','nothing',0,'{"toast": "", "alert": false, "mark": "", "open": false}');
INSERT INTO "seen" VALUES('bot','5','2026-11-23 01:00:00.000000','group/group','','nothing',0,'{"toast": "", "alert": false, "mark": "", "open": false}');
INSERT INTO "seen" VALUES('bot','6','2026-11-23 01:00:00.000000','private/王阿姨','','nothing',0,'{"toast": "", "alert": false, "mark": "", "open": false}');
INSERT INTO "seen" VALUES('bot','8','2026-11-23 01:00:00.000000','private/杨老师','7','drafted',383059073433602057,'{"toast": "", "alert": false, "mark": "\ud83d\udc4d", "open": false}');
INSERT INTO "seen" VALUES('bot','10','2026-11-23 01:00:00.000000','private/杨老师','9','acted',383059073433602057,'{"toast": "\u5df2\u53d1\u5e03\uff1a\u5de1\u903b #1", "alert": false, "mark": "", "open": false}');
INSERT INTO "seen" VALUES('bot','13','2026-11-23 01:00:00.000000','group/group','12','acted',383059073433602057,'{"toast": "", "alert": false, "mark": "\ud83d\udc4d", "open": false}');
INSERT INTO "seen" VALUES('bot','16','2026-11-23 01:00:00.000000','private/杨老师','15','drafted',383059073433602071,'{"toast": "", "alert": false, "mark": "\ud83d\udc4d", "open": false}');
INSERT INTO "seen" VALUES('bot','18','2026-11-23 01:00:00.000000','private/杨老师','17','acted',383059073433602071,'{"toast": "\u5df2\u53d1\u5e03\uff1a\u6170\u95ee #2", "alert": false, "mark": "", "open": false}');
INSERT INTO "seen" VALUES('bot','21','2026-11-23 01:00:00.000000','private/陈伯','20','acted',383059073433602071,'{"toast": "", "alert": false, "mark": "\ud83d\udc4d", "open": false}');
INSERT INTO "seen" VALUES('bot','24','2026-11-23 01:00:00.000000','private/杨老师','23','acted',383059073433602071,'{"toast": "", "alert": false, "mark": "\ud83d\udc4d", "open": false}');
INSERT INTO "seen" VALUES('bot','27','2026-11-23 01:00:00.000000','private/杨老师','26','drafted',383059073433602092,'{"toast": "", "alert": false, "mark": "\ud83d\udc4d", "open": false}');
INSERT INTO "seen" VALUES('bot','29','2026-11-23 01:00:00.000000','private/杨老师','28','acted',383059073433602092,'{"toast": "\u5df2\u53d1\u5e03\uff1a\u5de1\u903b #3", "alert": false, "mark": "", "open": false}');
INSERT INTO "seen" VALUES('bot','32','2026-11-23 01:00:00.000000','private/杨老师','31','drafted',383059073433602102,'{"toast": "", "alert": false, "mark": "\ud83d\udc4d", "open": false}');
INSERT INTO "seen" VALUES('bot','34','2026-11-23 01:00:00.000000','private/杨老师','33','acted',383059073433602102,'{"toast": "\u5df2\u53d1\u5e03\uff1a\u6170\u95ee #4", "alert": false, "mark": "", "open": false}');
INSERT INTO "seen" VALUES('bot','37','2026-11-23 01:00:00.000000','private/杨老师','36','acted',383059073433602102,'{"toast": "", "alert": false, "mark": "\ud83d\udc4d", "open": false}');
INSERT INTO "seen" VALUES('bot','40','2026-11-23 01:00:00.000000','private/杨老师','39','drafted',383059073433602117,'{"toast": "", "alert": false, "mark": "\ud83d\udc4d", "open": false}');
INSERT INTO "seen" VALUES('bot','42','2026-11-23 01:00:00.000000','private/杨老师','41','acted',383059073433602117,'{"toast": "\u5df2\u53d1\u5e03\uff1a\u767e\u5bb6\u996d #5", "alert": false, "mark": "", "open": false}');
INSERT INTO "seen" VALUES('bot','45','2026-11-23 01:00:00.000000','private/陈伯','44','nothing',0,'{"toast": "", "alert": false, "mark": "", "open": false}');
INSERT INTO "seen" VALUES('bot','48','2026-11-23 01:00:00.000000','private/杨老师','47','acted',383059073433602117,'{"toast": "", "alert": false, "mark": "\ud83d\udc4d", "open": false}');
INSERT INTO "seen" VALUES('bot','51','2026-11-23 01:00:00.000000','private/杨老师','50','drafted',383059073433602131,'{"toast": "", "alert": false, "mark": "\ud83d\udc4d", "open": false}');
INSERT INTO "seen" VALUES('bot','54','2026-11-23 01:00:00.000000','private/杨老师','53','drafted',383059073433602134,'{"toast": "", "alert": false, "mark": "\ud83d\udc4d", "open": false}');
INSERT INTO "seen" VALUES('bot','57','2026-11-23 01:00:00.000000','private/杨老师','56','nothing',0,'{"toast": "", "alert": false, "mark": "", "open": false}');
CREATE TABLE series (
	community_id BIGINT NOT NULL, 
	id BIGINT NOT NULL, 
	kind VARCHAR NOT NULL, 
	rrule VARCHAR, 
	first VARCHAR NOT NULL, 
	except_days JSON NOT NULL, 
	stopped BOOLEAN NOT NULL, 
	PRIMARY KEY (community_id, id)
);
INSERT INTO "series" VALUES(383059073433602048,383059073433602060,'patrol',NULL,'2026-11-27T19:00:00+08:00','[]',0);
INSERT INTO "series" VALUES(383059073433602048,383059073433602077,'visit',NULL,'2026-11-28T09:00:00+08:00','[]',0);
INSERT INTO "series" VALUES(383059073433602048,383059073433602095,'patrol','FREQ=WEEKLY;BYDAY=WE','2026-11-25T19:00:00+08:00','[]',0);
INSERT INTO "series" VALUES(383059073433602048,383059073433602106,'visit',NULL,'2026-12-06T09:00:00+08:00','[]',0);
INSERT INTO "series" VALUES(383059073433602048,383059073433602122,'potluck',NULL,'2026-12-05T17:00:00+08:00','[]',0);
CREATE TABLE slot (
	community_id BIGINT NOT NULL, 
	id BIGINT NOT NULL, 
	occurrence_id BIGINT NOT NULL, 
	position INTEGER NOT NULL, 
	label VARCHAR NOT NULL, 
	confided VARCHAR NOT NULL, 
	min INTEGER, 
	max INTEGER, 
	unit VARCHAR NOT NULL, 
	PRIMARY KEY (community_id, id), 
	FOREIGN KEY(community_id, occurrence_id) REFERENCES occurrence (community_id, id)
);
INSERT INTO "slot" VALUES(383059073433602048,383059073433602058,383059073433602057,0,'','',NULL,2,'person');
INSERT INTO "slot" VALUES(383059073433602048,383059073433602072,383059073433602071,0,'3号楼','3号楼501 欧阳金丝雀',NULL,3,'person');
INSERT INTO "slot" VALUES(383059073433602048,383059073433602073,383059073433602071,1,'5号楼','5号楼502 百日咳爷爷',NULL,3,'person');
INSERT INTO "slot" VALUES(383059073433602048,383059073433602074,383059073433602071,2,'12号楼','12号楼503 13917775501',NULL,3,'person');
INSERT INTO "slot" VALUES(383059073433602048,383059073433602093,383059073433602092,0,'','',NULL,2,'person');
INSERT INTO "slot" VALUES(383059073433602048,383059073433602103,383059073433602102,0,'','',NULL,NULL,'person');
INSERT INTO "slot" VALUES(383059073433602048,383059073433602118,383059073433602117,0,'cold','',NULL,3,'dish');
INSERT INTO "slot" VALUES(383059073433602048,383059073433602119,383059073433602117,1,'hot','',NULL,4,'dish');
INSERT INTO "slot" VALUES(383059073433602048,383059073433602120,383059073433602117,2,'soup','',NULL,1,'dish');
INSERT INTO "slot" VALUES(383059073433602048,383059073433602132,383059073433602131,0,'','',NULL,2,'person');
INSERT INTO "slot" VALUES(383059073433602048,383059073433602135,383059073433602134,0,'','',NULL,NULL,'person');
CREATE TABLE web_event (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	kind VARCHAR NOT NULL, 
	chat VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	message INTEGER, 
	text VARCHAR NOT NULL, 
	action VARCHAR NOT NULL, 
	reply_to INTEGER, 
	once VARCHAR, 
	happened_at DATETIME NOT NULL, 
	taken_at DATETIME, 
	toast VARCHAR NOT NULL, 
	alert BOOLEAN NOT NULL, 
	FOREIGN KEY(person) REFERENCES web_person (id), 
	UNIQUE (person, once)
);
CREATE TABLE web_message (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	chat VARCHAR NOT NULL, 
	person VARCHAR, 
	"key" VARCHAR, 
	text JSON NOT NULL, 
	actions JSON NOT NULL, 
	reply_to INTEGER, 
	mark VARCHAR NOT NULL, 
	edited BOOLEAN NOT NULL, 
	removed BOOLEAN NOT NULL, 
	pinned_at DATETIME, 
	said_at DATETIME NOT NULL, 
	change INTEGER NOT NULL, 
	FOREIGN KEY(person) REFERENCES web_person (id), 
	UNIQUE ("key")
);
CREATE TABLE web_person (
	id VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	lang VARCHAR, 
	coordinator BOOLEAN NOT NULL, 
	link VARCHAR, 
	added_at DATETIME NOT NULL, 
	arrived BOOLEAN NOT NULL, 
	gone BOOLEAN NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (link)
);
CREATE TABLE web_read (
	person VARCHAR NOT NULL, 
	chat VARCHAR NOT NULL, 
	upto INTEGER NOT NULL, 
	PRIMARY KEY (person, chat), 
	FOREIGN KEY(person) REFERENCES web_person (id)
);
CREATE TABLE web_secret (
	name VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	PRIMARY KEY (name)
);
CREATE TABLE web_session (
	cookie VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	began_at DATETIME NOT NULL, 
	PRIMARY KEY (cookie), 
	FOREIGN KEY(person) REFERENCES web_person (id)
);
CREATE INDEX ix_account_member ON account (community_id, member_id);
CREATE INDEX ix_copy_post ON copy (community_id, post_id);
CREATE INDEX ix_deed_occurrence ON deed (community_id, occurrence_id, id);
CREATE INDEX ix_member_name ON member (community_id, name);
CREATE INDEX ix_post_member ON post (community_id, member_id);
CREATE INDEX ix_post_occurrence ON post (community_id, occurrence_id);
CREATE INDEX ix_seen_at ON seen (at);
CREATE INDEX ix_seen_message ON seen (bot, chat, message);
CREATE INDEX ix_occurrence_state ON occurrence (community_id, state);
CREATE INDEX ix_slot_occurrence ON slot (community_id, occurrence_id, position);
CREATE UNIQUE INDEX ix_claim_live ON claim (community_id, slot_id, member_id, ordinal) WHERE promised IN ('waitlisted', 'offered', 'claimed', 'seeking');
CREATE INDEX ix_claim_member ON claim (community_id, member_id);
CREATE INDEX ix_claim_occurrence ON claim (community_id, occurrence_id, position);
CREATE INDEX ix_web_session_person ON web_session (person);
CREATE INDEX ix_web_message_change ON web_message (change);
CREATE INDEX ix_web_message_chat ON web_message (chat, id);
CREATE INDEX ix_web_event_taken_at ON web_event (taken_at);
CREATE INDEX ix_post_pending ON post (urgency, not_before, id) WHERE pending = 1;
CREATE INDEX ix_knownchat_account ON knownchat (community_id, account);
CREATE INDEX ix_post_confides ON post (community_id, member_id) WHERE confides = 1;
CREATE INDEX ix_heard_occurrence ON heard (community_id, occurrence_id, id);
DELETE FROM "sqlite_sequence";
COMMIT;
