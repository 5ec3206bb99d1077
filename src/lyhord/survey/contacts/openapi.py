"""The OpenAPI 3.1 description of the interface for contacts."""

from __future__ import annotations

from typing import Any, Final

from lyhord import __version__
from lyhord.survey.contacts.reasons import Reason

_CONTACT: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["PhoneNumberOrEmail"],
    "additionalProperties": True,
    "description": "Fields that are not named here, such as AgentRefCode, are taken and thrown away.",
    "properties": {
        "PhoneNumberOrEmail": {"type": "string", "maxLength": 300, "examples": ["0046701234567", "eva@example.org"]},
        "LanguageCode": {"type": "string", "examples": ["SE", "EN", "FI", "AR"]},
        "MetaKey": {"type": "string", "description": "Your own key of the contact; the same key is taken once."},
        "RecruitmentMethod": {"type": ["string", "integer"], "description": "1 or 3: phone, 2: e-mail."},
        "ContactDate": {"type": "string", "description": "ISO 8601; without it the contact was now."},
    },
}
_ERROR: Final[dict[str, Any]] = {
    "content": {
        "application/json": {
            "schema": {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}
        }
    }
}
_TAKEN: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["list", "taken", "leftOut"],
    "properties": {
        "list": {"type": "integer", "description": "The number of the list that the contacts became."},
        "taken": {"type": "integer"},
        "leftOut": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["contact", "reason", "message"],
                "properties": {
                    "contact": {"type": "integer", "description": "Its place in the list that was sent, from 0."},
                    "reason": {"type": "string", "enum": [reason.value for reason in Reason]},
                    "message": {"type": "string"},
                },
            },
        },
    },
}
DOCUMENT: Final[dict[str, Any]] = {
    "openapi": "3.1.0",
    "info": {
        "title": "Lyhörd: contacts", "version": __version__,
        "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
    },
    "security": [{"key": []}],
    "paths": {
        "/api/kontakter/v1/{round}": {
            "post": {
                "operationId": "handOverContacts",
                "summary": "Hand over one contact, or up to a thousand. Sending the same body again changes nothing.",
                "parameters": [{"name": "round", "in": "path", "required": True, "schema": {"type": "string"}}],
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {
                            "schema": {
                                "oneOf": [
                                    _CONTACT,
                                    {
                                        "type": "object",
                                        "required": ["contacts"],
                                        "properties": {
                                            "contacts": {
                                                "type": "array", "minItems": 1, "maxItems": 1000, "items": _CONTACT,
                                            }
                                        },
                                    },
                                ]
                            }
                        }
                    },
                },
                "responses": {
                    "200": {
                        "description": "What became of the contacts.",
                        "content": {"application/json": {"schema": _TAKEN}},
                    },
                    "400": {"description": "The body is not what it should be.", **_ERROR},
                    "401": {"description": "The key is missing or wrong.", **_ERROR},
                    "404": {"description": "There is no such round.", **_ERROR},
                    "409": {"description": "The round takes no contacts from the organisation now.", **_ERROR},
                },
            }
        }
    },
    "components": {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
}  # fmt: skip
