from pantrypal.core.models.api_key import ApiKey
from pantrypal.core.models.hsn import HsnCode
from pantrypal.core.models.membership import Invitation, Membership
from pantrypal.core.models.organization import Organization
from pantrypal.core.models.plan import Plan
from pantrypal.core.models.shard import Domain, OrgRoute, Shard
from pantrypal.core.models.store import Store
from pantrypal.core.models.user import User

__all__ = [
    "ApiKey",
    "Domain",
    "HsnCode",
    "Invitation",
    "Membership",
    "OrgRoute",
    "Organization",
    "Plan",
    "Shard",
    "Store",
    "User",
]
