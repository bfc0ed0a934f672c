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


def may(user, action, document, strict=False):
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
    if action in ACTIONS:
        if not user.suspended:
            if user.admin:
                if document.archived and action == "edit":
                    return False, "archived"
                else:
                    return True, "admin"
            else:
                if document.archived and action != "read":
                    return False, "archived"
                else:
                    if document.locked_by is not None and document.locked_by != user.name and action in ("edit", "delete"):
                        return False, f"locked by {document.locked_by}"
                    else:
                        if document.owner == user.name:
                            return True, "owner"
                        else:
                            if action == "delete":
                                return False, "not the owner"
                            else:
                                if user.name in document.shared:
                                    if ACTIONS.index(document.shared[user.name]) >= ACTIONS.index(action):
                                        return True, "shared"
                                if action != "share":
                                    for group in user.groups:
                                        if f"@{group}" in document.shared:
                                            if ACTIONS.index(document.shared[f"@{group}"]) >= ACTIONS.index(action):
                                                return True, f"shared with {group}"
                                if document.public:
                                    if action == "read":
                                        return True, "public"
                                return False, "not shared"
        else:
            if action == "read" and document.public:
                return True, "public"
            else:
                return False, "suspended"
    else:
        return False, "no such action"
