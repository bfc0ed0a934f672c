"""Who may do what with a document."""

from dataclasses import dataclass, field

ACTIONS = ("read", "comment", "edit", "share", "delete")


@dataclass(frozen=True)
class User:
    name: str
    groups: tuple = ()
    admin: bool = False
    suspended: bool = False


@dataclass(frozen=True)
class Document:
    owner: str
    shared: dict = field(default_factory=dict)  # of a user or `@group` to the highest action that was given
    public: bool = False
    locked_by: str | None = None
    archived: bool = False


def may(user, action, document):
    """Whether, and why: ``(True or False, reason)``. Of the rules the first that says something counts.

    1. An action that there is none of is refused. So is whatever a suspended user does, but for reading what is public.
    2. Admins may do everything but edit what is archived.
    3. Of what is archived, nothing but reading is allowed; whether that is follows from the rules below.
    4. While somebody else has locked a document it is neither edited nor deleted.
    5. Owners may do everything.
    6. Nobody else deletes. Others may do what was given to them, or to a group of theirs, and whatever comes before it in
       ``ACTIONS``; but to share, it must have been given to them by name.
    7. What is public may be read.
    """
    public = document.public and action == "read"
    if action not in ACTIONS:
        return False, "no such action"
    if user.suspended:
        return (True, "public") if public else (False, "suspended")
    if document.archived and action in (["edit"] if user.admin else ACTIONS[1:]):
        return False, "archived"
    if user.admin:
        return True, "admin"
    return _locked(user, action, document) or _given(user, action, document) or (public, "public" if public else "not shared")


def _locked(user, action, document):
    """Rule 4."""
    if action in ("edit", "delete") and document.locked_by not in (None, user.name):
        return False, f"locked by {document.locked_by}"
    return None


def _given(user, action, document):
    """Rules 5 and 6."""
    if document.owner == user.name:
        return True, "owner"
    if action == "delete":
        return False, "not the owner"
    if _reaches(document.shared.get(user.name), action):
        return True, "shared"
    groups = user.groups
    given = (group for group in groups if _reaches(document.shared.get(f"@{group}"), action))
    return next(((True, f"shared with {group}") for group in given), None)


def _reaches(given, action):
    return given is not None and ACTIONS.index(given) >= ACTIONS.index(action)
