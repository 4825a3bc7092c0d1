// The page to try the API: everything on it comes from openapi.json. The token stays in this page.
"use strict";

const japanese = navigator.language.startsWith("ja");
const words = japanese
  ? { token: "トークン", find: "絞り込み", send: "送る", body: "本文", may: "必要な権限", anybody: "誰でも", file: "ファイル" }
  : { token: "Token", find: "Find", send: "Send", body: "Body", may: "Needs", anybody: "anybody", file: "File" };

const element = (name, attributes = {}, ...children) => {
  const e = Object.assign(document.createElement(name), attributes);
  e.append(...children);
  return e;
};

const field = (parameter) => {
  const choices = parameter.schema?.enum;
  const input = choices
    ? element("select", { name: parameter.name }, element("option", { value: "" }, ""),
        ...choices.map((c) => element("option", {}, c)))
    : element("input", { name: parameter.name, required: parameter.in === "path" });
  return element("label", {}, element("span", {}, parameter.name), input,
    element("small", {}, parameter.description ?? ""));
};

// What may stand in a body: its members with their types, and one to begin with.
const shapes = {};
const shapeOf = (body, type) => shapes[body?.content[type]?.schema?.$ref?.split("/").pop()];
const typeOf = (s) => s.enum?.join(" | ") ?? [s.type ?? "any"].flat().join(" | ") + (s.items ? ` of ${typeOf(s.items)}` : "");
const starting = (s) => {
  const empty = { object: {}, array: [], integer: 1, boolean: false };
  const begin = (p) => p.const ?? p.enum?.find((x) => x !== "") ?? (p.items ? [begin(p.items)] : p.properties ? starting(p) : empty[p.type] ?? "");
  return Object.fromEntries((s.required ?? []).map((name) => [name, begin(s.properties[name])]));
};
const members = (s) => element("dl", {}, ...Object.entries(s.properties ?? {}).flatMap(([name, p]) => [
  element("dt", {}, element("code", {}, name), s.required?.includes(name) ? " *" : ""),
  element("dd", {}, typeOf(p), p.description ? ` — ${p.description}` : ""),
]));

const address = (path, parameters, form) => {
  const query = new URLSearchParams();
  let filled = path;
  for (const p of parameters) {
    const value = form.elements[p.name].value;
    if (p.in === "path") filled = filled.replace(`{${p.name}}`, encodeURIComponent(value));
    else if (value) query.set(p.name, value);
  }
  return query.size ? `${filled}?${query}` : filled;
};

const answer = async (response) => {
  const text = await response.text();
  const head = `${response.status} ${response.statusText}\n${response.headers.get("content-type") ?? ""}\n\n`;
  try {
    return head + JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return head + text;
  }
};

const send = async (method, path, parameters, form, shown) => {
  const headers = {};
  const token = document.getElementById("token").value.trim();
  if (token) headers.Authorization = `Bearer ${token}`;
  const file = form.elements.file?.files[0];
  const body = file ?? (form.elements.body?.value || undefined);
  if (body && !file) headers["Content-Type"] = "application/json";
  shown.textContent = "…";
  try {
    shown.textContent = await answer(await fetch(address(path, parameters, form), { method, headers, body }));
  } catch (problem) {
    shown.textContent = String(problem);
  }
};

const route = (path, method, what) => {
  const parameters = what.parameters ?? [];
  const shown = element("pre", { tabIndex: 0 });
  const form = element("form", {}, ...parameters.map(field));
  const shape = shapeOf(what.requestBody, "application/json");
  if (what.requestBody?.content["application/octet-stream"])
    form.append(element("label", {}, element("span", {}, words.file), element("input", { type: "file", name: "file" })));
  else if (what.requestBody)
    form.append(element("label", {}, element("span", {}, words.body),
      element("textarea", { name: "body", value: shape ? JSON.stringify(starting(shape), null, 2) : "" })));
  if (shape) form.append(members(shape));
  form.append(element("button", {}, words.send));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(method.toUpperCase(), path, parameters, form, shown);
  });
  return element("details", {},
    element("summary", {}, element("b", {}, method.toUpperCase()), element("code", {}, path), what.summary ?? ""),
    element("p", {}, what.description ?? ""),
    element("p", {}, `${words.may}: ${what["x-akashi-may"] === "anybody" ? words.anybody : what["x-akashi-may"]}`),
    form, shown);
};

const begin = async () => {
  document.documentElement.lang = japanese ? "ja" : "en";
  document.getElementById("token-says").textContent = words.token;
  document.getElementById("find-says").textContent = words.find;
  const list = document.getElementById("routes");
  const api = await (await fetch(`/api/v1/openapi.json?lang=${japanese ? "ja" : "en"}`)).json();
  Object.assign(shapes, api.components.schemas);
  for (const [path, methods] of Object.entries(api.paths))
    for (const [method, what] of Object.entries(methods)) list.append(route(path, method, what));
  document.getElementById("find").addEventListener("input", (event) => {
    const text = event.target.value.toLowerCase();
    for (const row of list.children)
      row.hidden = !row.querySelector("summary").textContent.toLowerCase().includes(text);
  });
};

begin();
