// Asks the validator. Whatever goes wrong is an Error with a message for people.

/** Answers a path with these parameters; those that are null are left out. */
export async function get(path, parameters, timeoutMillis) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value != null));
  let response;
  try {
    response = await fetch(query.size ? `${path}?${query}` : path, {
      cache: "no-store",
      signal: AbortSignal.timeout(timeoutMillis),
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
    throw new Error("The validator’s answer broke off.", { cause: e });
  }
}

async function refused(response) {
  const problem = await response.json().catch(() => ({}));
  throw new Error(`The validator answers ${response.status}: ${(problem.detail ?? response.statusText).replace(/\.?$/, ".")}`);
}
