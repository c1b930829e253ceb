"""What SCIM says of people and teams: the parts of its core schemas that this desk has a use for."""

from typing import Annotated, Any

from pydantic import Field
from scim2_models import (
    URN,
    AuthenticationScheme,
    Bulk,
    CaseExact,
    ChangePassword,
    ComplexAttribute,
    ETag,
    Filter,
    Mutability,
    Patch,
    Reference,
    Required,
    Resource,
    ScimPolicy,
    ScimProvider,
    ServiceProviderConfig,
    Sort,
    Uniqueness,
)

MOST = 200
"""Resources on one page."""


class Name(ComplexAttribute):
    """A name, whole; parts of one are put together on the way in."""

    formatted: str | None = None


class Email(ComplexAttribute):
    """The address, which is the user name."""

    value: Annotated[str | None, Mutability.read_only] = None
    type: Annotated[str | None, Mutability.read_only] = None
    primary: Annotated[bool | None, Mutability.read_only] = None


class UserGroup(ComplexAttribute):
    """A team somebody works for."""

    value: Annotated[str | None, Mutability.read_only] = None
    display: Annotated[str | None, Mutability.read_only] = None


class UserRole(ComplexAttribute):
    """What somebody may do on the whole desk: a built-in role, or one of the desk's own by its name."""

    value: Annotated[str | None, Required.true] = Field(None, examples=["lead", "manager"])


class User(Resource[Any]):
    """A person of the desk. The user name is the e-mail address they sign in with."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:User")

    user_name: Annotated[str | None, Uniqueness.server, Required.true] = None
    name: Name | None = None
    display_name: Annotated[str | None, Mutability.read_only] = None
    active: bool | None = None
    emails: Annotated[list[Email] | None, Mutability.read_only] = None
    groups: Annotated[list[UserGroup] | None, Mutability.read_only] = None
    roles: list[UserRole] | None = None


class Member(ComplexAttribute):
    """Somebody who works for a team."""

    value: Annotated[str | None, Mutability.immutable, CaseExact.true] = None
    ref: Annotated[Reference[User] | None, Mutability.immutable] = Field(
        None, serialization_alias="$ref", validation_alias="$ref"
    )


class Group(Resource[Any]):
    """A team."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:Group")

    display_name: Annotated[str | None, Required.true, Uniqueness.server] = None
    members: list[Member] | None = None


PROVIDER = ScimProvider(
    models=[User, Group],
    # Directories tell titles, departments and addresses too, which a desk keeps nothing of; and Entra ID names in the
    # value of a removal what is to be removed.
    policy=ScimPolicy(unknown=ScimPolicy.Unknown.ignore, remove_value_as_filter=ScimPolicy.RemoveValue.apply),
    config=ServiceProviderConfig(
        patch=Patch(supported=True),
        bulk=Bulk(supported=False, max_operations=0, max_payload_size=0),
        filter=Filter(supported=True, max_results=MOST),
        change_password=ChangePassword(supported=False),
        sort=Sort(supported=False),
        etag=ETag(supported=True),
        authentication_schemes=[
            AuthenticationScheme(
                type=AuthenticationScheme.Type.oauthbearertoken,
                name="Token",
                description="A token of the desk with the scope scim, in the header Authorization: Bearer.",
            )
        ],
    ),
)
