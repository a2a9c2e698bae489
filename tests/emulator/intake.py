"""Methods by which a bot gets its updates: long polling, and the state of the webhook."""

from __future__ import annotations

from . import rules
from .arguments import Arguments
from .refusals import Json, bad_request, conflict
from .world import UPDATES, TelegramWorld

LONGEST_POLL = 50
USE_DELETE_WEBHOOK = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_SET = "terminated by setWebhook request"


async def get_updates(world: TelegramWorld, call: Arguments) -> list[Json]:
    """A true long poll. The newest poller wins: an older one still waiting is refused with 409."""
    if world.webhook.url:
        raise conflict(USE_DELETE_WEBHOOK)
    world.updates.allow(call.json("allowed_updates"))
    offset, limit = call.integer("offset"), call.integer("limit", 100, low=1, high=100)
    timeout = call.integer("timeout", 0, low=0, high=LONGEST_POLL)
    ticket = world.poller = object()
    world.bell.ring(UPDATES)

    def look() -> list[Json]:
        if world.poller is not ticket:
            raise conflict(WEBHOOK_SET if world.webhook.url else OTHER_POLLER)
        return world.updates.take(offset, limit)

    return await world.bell.until(UPDATES, look, timeout) or []


def set_webhook(world: TelegramWorld, call: Arguments) -> bool:
    """As a local Bot API server does it: plain HTTP addresses are allowed."""
    url, secret = call.text("url"), call.text("secret_token")
    rules.check_secret(secret)
    if url and not url.startswith(("https://", "http://")):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    world.webhook.url, world.webhook.secret = url, secret
    world.webhook.max_connections = call.integer("max_connections", 40, low=1, high=100)
    world.updates.allow(call.json("allowed_updates"))
    _settle(world, call)
    return True


def delete_webhook(world: TelegramWorld, call: Arguments) -> bool:
    world.webhook.url = world.webhook.secret = ""
    _settle(world, call)
    return True


def get_webhook_info(world: TelegramWorld, call: Arguments) -> Json:
    hook = world.webhook
    info: Json = {"url": hook.url, "has_custom_certificate": False, "pending_update_count": len(world.updates)}
    if hook.url:
        info |= {"max_connections": hook.max_connections, "ip_address": "127.0.0.1"}
    if hook.last_error:
        info |= {"last_error_date": int(hook.last_error_at), "last_error_message": hook.last_error}
    return info | ({"allowed_updates": world.updates.allowed} if world.updates.allowed else {})


def _settle(world: TelegramWorld, call: Arguments) -> None:
    """A waiting poll ends when a webhook is set; the backlog goes when asked for."""
    if call.flag("drop_pending_updates"):
        world.updates.forget_all()
    if world.webhook.url:
        world.poller = None
    world.bell.ring(UPDATES)
