"""Facts about this API for schemathesis: the credentials of each operation, and the refusals that no schema can describe.

Loaded by `cargo xtask test` (step `contract`) through SCHEMATHESIS_HOOKS.
"""

import itertools
import os

import requests
import schemathesis
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import negative_data_rejection

BASE = os.environ["DOORSTEP_BASE"]
ADMIN = {"Authorization": f"Bearer {os.environ['DOORSTEP_ADMIN_KEY']}"}

# Refusals that depend on the state of the backend: other fields, the order as it is, the clock, the policy, signatures. Everything else
# that the document calls valid has to be accepted.
SEMANTIC = {
    # Refusals of the whole request.
    "unknown-order", "order-not-found", "order-exists", "lookup-failed", "case-not-found", "refund-not-found", "return-not-found",
    "shipment-not-found", "label-not-found", "evidence-not-found", "unknown-message", "unknown-provider", "not-found",
    "action-unavailable", "slot-taken", "case-closed", "feedback-not-asked", "idempotency-in-progress", "too-many-requests",
    "too-many-streams", "not-acceptable", "bad-signature", "stale-delivery",
    "unreadable-delivery", "evidence-type", "evidence-unreadable", "evidence-appended", "evidence-too-many-pixels", "evidence-quota",
    "unauthorized", "act-not-allowed",
}
SEMANTIC_OF_FIELDS = {
    # Codes that depend on other fields of the same request.
    "duplicate", "unknown-line", "unknown-shipment", "more-than-ordered", "more-than-left", "missing", "differs", "differs-from-path",
    "not-for-this-kind", "not-for-this-step", "not-for-this-result", "exactly-one-of-email-postcode",
    # Codes that depend on the order, the policy or the clock.
    "unknown", "not-eligible", "not-offered", "not-available", "not-possible-from-here", "in-the-future", "case-is-over",
    "return-is-open", "decided-by-the-return", "granted-already", "nothing-to-replace", "not-for-a-declined-case", "asked-for-again",
    "refund-is-on-its-way", "amount-unknown", "not-for-a-withdrawal",
}
# Codes that are semantic only at some places of the body.
SEMANTIC_AT = {
    # A cursor is a position in the list that an earlier page contained; no schema can list the positions that exist.
    "invalid": ("/cursor",),
    "unknown-value": ("/answers/", "/reason"),
    "unknown-field": ("/answers/",),
    "too-long": ("/answers/", "/facts", "/address"),
    "too-short": ("/address",),
    "too-many": ("/evidence", "/address"),
    "empty": ("/answers/", "/address"),
    "out-of-range": ("/deduction/minor",),
    "unknown-time-zone": (),
}


def is_whole_with_a_point(body, pointer):
    """1.0 is an integer for JSON Schema, which cannot exclude this notation; the readers require whole numbers without a point."""
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(body, list) and name.isdigit() and int(name) < len(body):
            body = body[int(name)]
        elif isinstance(body, dict):
            body = body.get(name)
        else:
            return False
    return isinstance(body, float) and body.is_integer()


def is_semantic(problem, body):
    code = problem.get("code")
    if code != "invalid-body":
        return code in SEMANTIC

    def expected(error):
        at, code = error["pointer"], error["code"]
        if code == "invalid" and is_whole_with_a_point(body, at):
            return True
        return code in SEMANTIC_OF_FIELDS or any(part in at for part in SEMANTIC_AT.get(code, ()))

    return all(expected(error) for error in problem.get("errors", []))


# Refusals for the idempotency key or the version. They come before the content of the body is judged and say nothing about it.
BEFORE_THE_CONTENT = {"order-erased", "idempotency-key-reused", "if-match-missing", "stale"}
NUMBERS = itertools.count()


def problem_of(response):
    return response.json() if "problem+json" in response.headers.get("content-type", [""])[0] else {}


def judged_by_content(response, case):
    """Sends a request that was refused for its key or version again, with a new key and for any version; returns that answer.

    Other answers are returned as they are. The document has to name the refusal where it is answered, and a new key for any version
    must not meet it again.
    """
    code = problem_of(response).get("code")
    if code not in BEFORE_THE_CONTENT:
        return response
    described = case.operation.definition.raw["responses"].get(str(response.status_code), {}).get("description", "")
    assert f"`{code}`" in described, f"the document does not say that {response.status_code} can be {code}"
    sent = response.request
    headers = {name: value for name, value in sent.headers.items() if name.lower() not in ("idempotency-key", "if-match")}
    headers.update({"Idempotency-Key": f"again-{next(NUMBERS)}", "If-Match": "*"})
    answer = requests.request(sent.method, sent.url, headers=headers, data=sent.body, timeout=10)
    answer = schemathesis.Response.from_requests(answer, verify=True)
    again = problem_of(answer).get("code")
    assert again not in BEFORE_THE_CONTENT, f"a new key for any version is refused as well: {again}"
    return answer


@schemathesis.check
def what_the_document_forbids_is_refused_for_its_content(ctx, response, case):
    """The built-in check takes a refusal for the key or the version for one of the body; here the body has to be refused itself."""
    if case.meta is None or not case.meta.is_negative_at(ParameterLocation.BODY):
        return None
    answer = judged_by_content(response, case)
    return None if answer is response else negative_data_rejection(ctx, answer, case)


@schemathesis.check
def what_the_document_allows_is_not_refused(ctx, response, case):
    meta = case.meta
    if meta is None or not meta.generation.mode.is_positive or not 400 <= response.status_code < 500:
        return None
    answer = judged_by_content(response, case)
    if answer.status_code < 400:
        return None
    problem = problem_of(answer)
    assert is_semantic(problem, case.body), f"the document allows this request, and it is refused: {problem.get('code')} {problem.get('errors')}"
    return None


TOKENS = {}


@schemathesis.auth(refresh_interval=None)
class OwnToken:
    """The admin key for the retailer's operations; for a shopper's, a token for the order that the path names."""

    def get(self, case, ctx):
        if "/admin/" in case.path:
            return ADMIN["Authorization"]
        order = str(case.path_parameters.get("id", ""))
        if order not in TOKENS:
            url = f"{BASE}/v1/admin/orders/{requests.utils.quote(order, safe='')}/token"
            key = {"Idempotency-Key": f"mint-{len(TOKENS)}", **ADMIN}
            answer = requests.post(url, json={"scopes": ["read", "act"]}, headers=key, timeout=10)
            TOKENS[order] = answer.json().get("token", "none") if answer.headers.get("content-type") == "application/json" else "none"
        return f"Bearer {TOKENS[order]}"

    def set(self, case, data, ctx):
        case.headers = case.headers or {}
        case.headers["Authorization"] = data


PROVEN = set()


@schemathesis.check
def nothing_is_done_without_the_right_proof(ctx, response, case):
    """The built-in check wants 401 or 403; to a shopper without the order's token an order does not exist, which is 404."""
    operation = case.operation.definition.raw.get("operationId")
    if response.request.method.upper() != case.operation.method.upper():
        return None
    if not case.operation.definition.raw.get("security") or operation in PROVEN or not 200 <= response.status_code < 300:
        return None
    PROVEN.add(operation)
    sent = response.request
    expected = {401} if "/admin/" in case.path else {404}
    for proof in (None, "Bearer AwAAAABnobody", "Basic YTpi"):
        headers = {name: value for name, value in sent.headers.items() if name.lower() != "authorization"}
        headers.update({"Authorization": proof} if proof else {})
        answer = requests.request(sent.method, sent.url, headers=headers, data=sent.body, timeout=10)
        assert answer.status_code in expected, f"with the proof {proof} it is answered with {answer.status_code}"
    return None
