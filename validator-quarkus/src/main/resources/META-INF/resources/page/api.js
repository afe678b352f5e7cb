// Requests to the validator. Every failure becomes an Error whose message can be shown to people.

/**
 * Returns the JSON answer of a path. Parameters that are null are left out.
 *
 * @param cancelled an AbortSignal that ends the request
 */
export async function get(path, parameters, timeoutMillis, cancelled) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value != null));
  let response;
  try {
    response = await fetch(query.size ? `${path}?${query}` : path, {
      cache: "no-store",
      signal: AbortSignal.any([AbortSignal.timeout(timeoutMillis), cancelled]),
    });
  } catch (e) {
    throw new Error(
      e.name === "TimeoutError" ? "The validator does not answer." : "The validator can’t be reached.", { cause: e });
  }
  return response.ok ? body(response) : refused(response);
}

async function body(response) {
  try {
    return await response.json();
  } catch (e) {
    throw new Error("The validator’s answer is incomplete.", { cause: e });
  }
}

async function refused(response) {
  const problem = await response.json().catch(() => ({}));
  throw new Error(`The validator returned ${response.status}: ${(problem.detail ?? response.statusText).replace(/\.?$/, ".")}`);
}
