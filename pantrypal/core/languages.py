"""Who speaks which language.

English and Hindi are spoken everywhere. Tamil, Telugu and Kannada are those of the counter: till, receipts, invoices,
mails and the page of a bill. Back office and stock room speak English to people of these languages: a page that is
half in one language and half in another is read by nobody.
"""

from __future__ import annotations

from django.conf import settings

EVERYWHERE = ("en", "hi")
AT_THE_COUNTER = tuple(code for code, _name in settings.LANGUAGES)
