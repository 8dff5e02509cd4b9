// Times the first page of every view, searches and completions in an account with few tasks and in one with many.
// A list costs what its page costs, so the two should differ little.

const sizes = [1_000, 100_000];
const batch = 500;
const warmups = 5;
const rounds = 41;

const verbs = ['Call', 'Buy', 'Write', 'Mend', 'Plan', 'Read', 'Send', 'Clean', 'Book', 'Pay'];
const things = ['milk', 'report', 'garden', 'invoice', 'bicycle', 'letter', 'kitchen', 'ticket', 'chapter', 'lamp', 'roof', 'budget'];

/** The rows of a table: what was asked, milliseconds in each account, and how many times longer the larger one took. */
export async function compareSizes(home) {
  const accounts = [];
  for (const size of sizes) accounts.push(await seeded(home, size));
  const rows = [];
  for (const [name, ask] of questions) {
    const [few, many] = [await median(accounts[0], ask), await median(accounts[1], ask)];
    rows.push([name, few.toFixed(1), many.toFixed(1), (many / few).toFixed(2)]);
  }
  return [['median ms', ...sizes.map((size) => `${size} tasks`), 'ratio'], ...rows];
}

const get = (path) => (account) => account.ask('GET', path);

const questions = [
  ...['inbox', 'today', 'upcoming', 'overdue', 'logbook', 'bin', 'all'].map((view) => [`view ${view}`, get(`/api/me/tasks?view=${view}`)]),
  ...['priority', 'created', 'updated', 'title', 'manual'].map((sort) => [`all by ${sort}`, get(`/api/me/tasks?view=all&sort=${sort}`)]),
  ['by due date, last first', get('/api/me/tasks?order=desc')],
  ['filter !high today', get('/api/me/tasks?filter=due:..today+!high')],
  ['tag of few', get('/api/me/tasks?tag=tag3')],
  ['tag of every other task', get('/api/me/tasks?tag=often')],
  ['filter #often today', get('/api/me/tasks?filter=%23often+due:today')],
  ['filter -#often', get('/api/me/tasks?filter=-%23often')],
  ['project', (account) => account.ask('GET', `/api/me/tasks?project_id=${account.projects[3]}`)],
  ['project by hand', (account) => account.ask('GET', `/api/me/tasks?project_id=${account.projects[3]}&sort=manual`)],
  ['counts of the views', get('/api/me/views/counts')],
  ['search, one hit', get('/api/me/search?q=unicorn')],
  ['search, many hits', get('/api/me/search?q=milk')],
  ['search, two words', get('/api/me/search?q=call+bicycle')],
  ['search, one letter', get('/api/me/search?q=m')],
  ['search, nothing', get('/api/me/search?q=xylophone')],
  ['list with a rare word', get('/api/me/tasks?q=unicorn')],
  ['list with a common word', get('/api/me/tasks?q=milk')],
  ['page /tasks', get('/tasks')],
  ...['dashboard', 'inbox', 'today', 'upcoming', 'logbook', 'bin', 'projects', 'tags'].map((page) => [`page /${page}`, get(`/${page}`)]),
  ['page of a project', (account) => account.ask('GET', `/projects/${account.projects[3]}`)],
  ['page of a tag', get('/tasks?tag=often')],
  ['complete a task', (account) => account.ask('PATCH', `/api/me/tasks/${account.next()}/complete`)],
  ['add a task', (account) => account.ask('POST', '/api/me/tasks', { title: 'One more task' })],
];

async function median(account, ask) {
  const times = [];
  for (let round = 0; round < warmups + rounds; round += 1) {
    const begun = performance.now();
    await ask(account);
    if (round >= warmups) times.push(performance.now() - begun);
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)];
}

async function seeded(home, size) {
  const account = await signUp(home, size);
  account.projects = [];
  for (let number = 0; number < 10; number += 1) {
    const { id } = await account.ask('POST', '/api/me/projects', { name: `Project ${number}` });
    account.projects.push(id);
  }
  const ids = [];
  for (let from = 0; from < size; from += batch) {
    const { items } = await account.ask('POST', '/api/me/tasks', Array.from({ length: Math.min(batch, size - from) }, (_, at) => task(from + at, size, account.projects)));
    ids.push(...items.filter((task) => !task.is_completed).map((task) => task.id));
  }
  for (let deleted = 0; deleted < 60; deleted += 1) await account.ask('DELETE', `/api/me/tasks/${ids.shift()}`);
  account.next = () => ids.pop();
  return account;
}

/** The same mix whatever the size: a third done, a third without a date, some late, most later, half in projects. */
function task(number, size, projects) {
  const random = (count) => Math.floor(Math.abs(Math.sin(number * 12.9898 + count) * 43758.5453) % 1 * count);
  const day = new Date(Date.now() + (random(400) - 40) * 86_400_000).toISOString().slice(0, 10);
  return {
    title: `${verbs[random(verbs.length)]} the ${things[random(things.length)]} ${number === Math.floor(size / 2) ? 'unicorn' : number}`,
    notes: random(5) === 0 ? `Ask about the ${things[random(11)]} before ${day}.` : null,
    is_completed: random(3) === 0,
    priority: ['none', 'none', 'low', 'medium', 'high'][random(5)],
    due_date: random(7) < 2 ? null : day,
    tags: [...(random(4) === 0 ? [`tag${random(30)}`] : []), ...(number % 2 === 0 ? ['often'] : [])],
    project_id: number % 2 === 0 ? null : projects[((number - 1) / 2) % projects.length],
  };
}

async function signUp(home, size) {
  const body = { email: `bench-${size}-${Date.now()}@example.com`, password: 'quiet river at dawn', cookies: false };
  const answer = await fetch(`${home}/api/auth/signup`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  let { access_token: token, refresh_token: refresh } = await answer.json();
  let since = Date.now();
  const cookies = () => `tickbox_at=${token}`;
  return {
    /** Asks as a program, and for pages as a browser; what is refused ends the measurement. */
    async ask(method, path, body) {
      if (Date.now() - since > 300_000) await renew();
      const headers = path.startsWith('/api/') ? { Authorization: `Bearer ${token}` } : { Cookie: cookies(), Accept: 'text/html' };
      if (body) headers['Content-Type'] = 'application/json';
      const answer = await fetch(home + path, { method, headers, body: body && JSON.stringify(body), redirect: 'manual' });
      const text = await answer.text();
      if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${text.slice(0, 300)}`);
      return path.startsWith('/api/') && text ? JSON.parse(text) : text;
    },
  };

  /** Access tokens live ten minutes. */
  async function renew() {
    const answer = await fetch(`${home}/api/auth/refresh`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ refresh_token: refresh }),
    });
    ({ access_token: token, refresh_token: refresh } = await answer.json());
    since = Date.now();
  }
}
