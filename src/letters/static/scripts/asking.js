/** What the server refused: with its sentence, and where to go first if it says so. */
export class Refused extends Error {
  constructor(status, { code = "", message = "", url = null } = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.url = url;
  }
}

async function answer_of(response) {
  if (response.ok) return response;
  let error;
  try {
    ({ error } = await response.json());
  } catch {
    // an answer of another kind has no sentence
  }
  throw new Refused(response.status, error);
}

export async function get_json(url) {
  const response = await fetch(url, { headers: { accept: "application/json" } });
  return (await answer_of(response)).json();
}

export async function post_json(url, body) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(body),
  });
  return (await answer_of(response)).json();
}

export async function get_bytes(url) {
  return new Uint8Array(await (await answer_of(await fetch(url))).arrayBuffer());
}
