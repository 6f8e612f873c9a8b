"""Customers as the API takes and shows them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from msgspec import UNSET, UnsetType

from pantrypal.core.api.bodies import Answer, Body, Email, Gstin, LongText, Name, Phone, StateCode


class CustomerBody(Body):
    """A new customer; a phone is brought into E.164."""

    phone: Phone = ""
    name: Name = ""
    email: Email = ""
    gstin: Gstin = ""
    address: LongText = ""
    state_code: StateCode = ""


class CustomerChanges(Body):
    """Only what is named is changed."""

    phone: Phone | UnsetType = UNSET
    name: Name | UnsetType = UNSET
    email: Email | UnsetType = UNSET
    gstin: Gstin | UnsetType = UNSET
    address: LongText | UnsetType = UNSET
    state_code: StateCode | UnsetType = UNSET


class CustomerAnswer(Answer):
    id: UUID
    name: str
    phone: str
    email: str
    gstin: str
    address: str
    state_code: str
    created_at: datetime
    updated_at: datetime
