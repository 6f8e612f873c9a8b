from customers.models.customer import Customer
from customers.models.stored_value import StoredValue, StoredValueEntry

__all__ = ["Customer", "StoredValue", "StoredValueEntry"]
