// The chat page: a customer's side of a thread, by polling the control API. All paths are relative to /simulator.
const POLL_MS = 500;
const find = (id) => document.getElementById(id);

/** The open chat; null until one is. Replies to an earlier chat are dropped by comparing with it. */
let chat = null;

async function call(path, body, method = 'POST') {
  const request = body && {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  const response = await fetch(`simulator/${path}`, request);
  const answer = response.status === 204 ? {} : await response.json();
  if (!response.ok) throw new Error(answer.message);
  return answer;
}

/** Runs a task of the user and shows what went wrong with it. */
async function attempt(task) {
  try {
    await task();
    find('notice').textContent = '';
  } catch (error) {
    find('notice').textContent = `That did not work: ${error.message}`;
  }
}

function on(element, eventName, task) {
  element.addEventListener(eventName, (event) => {
    event.preventDefault();
    void attempt(task);
  });
}

async function loadPages() {
  const { items } = await call('pages');
  find('page').replaceChildren(...items.map(({ pageId, name }) => new Option(name, pageId)));
  if (items.length === 0) throw new Error('no Page is registered yet. Start the stack with its demo.');
  const wanted = new URLSearchParams(location.search);
  if (wanted.has('page')) find('page').value = wanted.get('page');
  if (wanted.has('customer')) find('customer').value = wanted.get('customer');
  await loadCustomers();
  if (wanted.has('page') && wanted.has('customer')) await openChat();
}

async function loadCustomers() {
  const pageId = find('page').value;
  if (!pageId) return;
  const { items } = await call(`pages/${encodeURIComponent(pageId)}/customers`);
  find('customers').replaceChildren(...items.map(({ name }) => new Option(name)));
}

async function openChat() {
  const pageId = find('page').value;
  const { psid, name } = await call(`pages/${encodeURIComponent(pageId)}/customers`, { name: find('customer').value });
  chat = { pageId, psid, seen: 0 };
  const pageName = find('page').selectedOptions[0].textContent;
  find('page-name').textContent = pageName;
  find('avatar').textContent = [...pageName][0];
  find('customer-name').textContent = `as ${name}`;
  find('thread').replaceChildren();
  find('quick-replies').replaceChildren();
  for (const control of document.querySelectorAll('.phone :disabled')) control.disabled = false;
  history.replaceState(null, '', `?${new URLSearchParams({ page: pageId, customer: name })}`);
  find('text').focus();
  await refresh();
}

async function refresh() {
  const shown = chat;
  if (shown === null) return;
  const thread = `pages/${encodeURIComponent(shown.pageId)}/customers/${encodeURIComponent(shown.psid)}/messages`;
  const { items, isTyping, waitingEvents } = await call(`${thread}?after=${shown.seen}`);
  if (shown !== chat) return;
  const fresh = items.filter(({ seq }) => seq > shown.seen);
  find('thread').querySelector('.typing')?.remove();
  find('thread').append(...fresh.map(toBubble));
  if (isTyping) find('thread').append(bubble('page typing', '•••'));
  if (fresh.length > 0) showLast(shown, fresh);
  find('waiting').textContent = waitingEvents > 0 ? `${waitingEvents} event(s) wait for Attendant to take them.` : '';
}

function showLast(shown, fresh) {
  const last = fresh.at(-1);
  shown.seen = last.seq;
  const buttons = (last.quickReplies ?? []).map((quickReply) => quickReplyButton(quickReply));
  find('quick-replies').replaceChildren(...buttons);
  find('thread').scrollTop = find('thread').scrollHeight;
  if (last.from !== 'page') return;
  void attempt(() => call(`customers/${encodeURIComponent(shown.psid)}/reads`, { pageId: shown.pageId }));
}

function toBubble({ from, text, attachments = [], at }) {
  const parts = [
    text,
    ...attachments.map(({ type, url, title }) => `[${[type, title, url].filter(Boolean).join(' ')}]`),
  ];
  const item = bubble(from, parts.filter(Boolean).join('\n'));
  item.title = new Date(at).toLocaleTimeString();
  return item;
}

function bubble(className, text) {
  const item = document.createElement('li');
  item.className = className;
  item.textContent = text;
  return item;
}

function quickReplyButton({ title, payload }) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = title;
  on(button, 'click', () => act('messages', { text: title, quickReplyPayload: payload }));
  return button;
}

async function act(what, body) {
  if (chat === null) return;
  find('quick-replies').replaceChildren();
  await call(`customers/${encodeURIComponent(chat.psid)}/${what}`, { pageId: chat.pageId, ...body });
  await refresh();
}

async function pollForEver() {
  await refresh().catch((error) => {
    find('waiting').textContent = `The simulator does not answer: ${error.message}`;
  });
  setTimeout(pollForEver, POLL_MS);
}

/** Faults that can be switched on here; docs/simulator.md has all of them. */
const FAULTS = [
  ['Token dies', { kind: 'dead-token' }],
  ['Permission lost', { kind: 'error', code: 200, count: 1 }],
  ['Policy block', { kind: 'error', code: 368, count: 1 }],
  ['Rate limit', { kind: 'rate-limit', perSecond: 1 }],
  ['Usage 90 %', { kind: 'usage', percent: 90 }],
  ['Time-out after acceptance', { kind: 'timeout-after-accept' }],
  ['Outage', { kind: 'outage' }],
  ['Echoes late', { kind: 'echo', echo: 'late' }],
  ['Echoes twice', { kind: 'echo', echo: 'double' }],
  ['No echoes', { kind: 'echo', echo: 'off' }],
  ['Webhook twice', { kind: 'webhook', way: 'redeliver' }],
  ['Everything', { kind: 'hostile' }],
];

async function showFaults() {
  const [{ items }, { aheadMs }] = await Promise.all([call('faults'), call('clock')]);
  const lines = items.map((fault) => {
    const item = document.createElement('li');
    item.textContent = Object.entries(fault)
      .map(([key, value]) => (key === 'kind' ? value : `${key} ${value}`))
      .join(', ');
    return item;
  });
  find('faults').replaceChildren(...lines);
  find('clock').textContent = aheadMs > 0 ? `The clock is ${Math.round(aheadMs / 3_600_000)} hours ahead.` : '';
}

function faultButton([label, fault]) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = label;
  on(button, 'click', async () => {
    const isForAll = fault.kind === 'hostile';
    await call('faults', isForAll ? fault : { ...fault, pageId: find('page').value });
    await showFaults();
  });
  return button;
}

find('fault-buttons').append(...FAULTS.map(faultButton));
on(find('fault-panel'), 'toggle', showFaults);
on(find('clear-faults'), 'click', async () => {
  await call('faults', {}, 'DELETE');
  await showFaults();
});
on(find('advance'), 'click', async () => {
  await call('clock', { advanceMs: Number(find('clock-step').value) });
  await showFaults();
});
on(find('page'), 'change', loadCustomers);
on(find('setup'), 'submit', openChat);
on(find('get-started'), 'click', () => act('postbacks', { title: 'Get started', payload: 'GET_STARTED' }));
on(find('composer'), 'submit', async () => {
  const text = find('text').value.trim();
  find('text').value = '';
  if (text !== '') await act('messages', { text });
});

await attempt(loadPages);
await pollForEver();
