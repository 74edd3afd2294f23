"""The bot that one writes in an evening: python-telegram-bot and SQLModel, a post, a button, a list of names.

`bench/peers.py` runs it beside ours. It is written as its users would write it, and does a fifth of what ours does.
"""

from __future__ import annotations

import sys

from sqlmodel import Field, Session, SQLModel, create_engine, select
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes


class Activity(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    title: str
    places: int


class SignUp(SQLModel, table=True):
    activity: int = Field(primary_key=True, foreign_key="activity.id")
    user: int = Field(primary_key=True)
    name: str


engine = create_engine(sys.argv[3])


def shown(session: Session, activity: Activity) -> tuple[str, InlineKeyboardMarkup]:
    """The list as it stands in the group, and its buttons."""
    names = [row.name for row in session.exec(select(SignUp).where(SignUp.activity == activity.id))]
    lines = [f"{activity.title} {len(names)}/{activity.places}", *(f"{n}. {name}" for n, name in enumerate(names, 1))]
    buttons = [InlineKeyboardButton(word, callback_data=f"{word} {activity.id}") for word in ("我来", "退出")]
    return "\n".join(lines), InlineKeyboardMarkup([buttons])


async def post(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """/post 巡逻 200"""
    assert update.message
    assert context.args
    with Session(engine) as session:
        activity = Activity(title=context.args[0], places=int(context.args[1]))
        session.add(activity)
        session.commit()
        text, buttons = shown(session, activity)
    await update.message.reply_text(text, reply_markup=buttons)


async def press(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    query = update.callback_query
    assert query
    assert query.data
    assert isinstance(query.message, Message)
    word, _, id = query.data.partition(" ")
    with Session(engine) as session:
        activity = session.get_one(Activity, int(id))
        row = session.get(SignUp, (activity.id, query.from_user.id))
        if word == "我来" and row is None:
            session.add(SignUp(activity=int(id), user=query.from_user.id, name=query.from_user.full_name))
        elif word == "退出" and row is not None:
            session.delete(row)
        session.commit()
        text, buttons = shown(session, activity)
    await query.answer("好的")
    await query.message.edit_text(text, reply_markup=buttons)


def main() -> None:
    url, token = sys.argv[1:3]
    SQLModel.metadata.create_all(engine)
    app = Application.builder().token(token).base_url(f"{url}/bot").build()
    app.add_handler(CommandHandler("post", post))
    app.add_handler(CallbackQueryHandler(press))
    app.run_polling()


if __name__ == "__main__":
    main()
