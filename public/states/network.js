// @ts-check
/**
 * A network that fails as a scenario needs it. It replaces the page's `fetch` for the API alone, before the loader runs, and only in the frame of the
 * scenario. A classic script, because it has to run before everything else.
 */
(() => {
  const name = new URLSearchParams(location.search).get("is");
  const native = window.fetch;
  let answers = 0;

  /** @param {number} status @param {string} code */
  const problem = (status, code) => new Response(JSON.stringify({ status, code, title: code }), { status, headers: { "content-type": "application/problem+json" } });

  /** Returns the answer of the scenario, or undefined if the backend shall answer. @returns {Promise<Response> | undefined} */
  function scripted() {
    answers += 1;
    if (name === "skeleton") return new Promise(() => {});
    if (name === "offline") return Promise.reject(new TypeError("no connection"));
    if (name === "failure") return Promise.resolve(problem(503, "unavailable"));
    // The link ends after the order has been shown once.
    if (name === "expired" && answers > 1) return Promise.resolve(problem(401, "token-expired"));
    return undefined;
  }

  window.fetch = (input, options) => {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    const answer = url.pathname.startsWith("/api/v1/orders/") ? scripted() : undefined;
    return answer ?? native(input, options);
  };
  if (name === "offline") Object.defineProperty(navigator, "onLine", { get: () => false });
  if (name === "fallback") Object.defineProperty(window, "WebAssembly", { value: undefined });
})();
