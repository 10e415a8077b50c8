import {request} from 'node:http';
import test from 'ava';
import {UserError} from '../../source/text/user-error.js';
import {fakeClass} from '../tools/fakes/fake-class.js';
import {settled} from '../tools/settled.js';
import {openBoard} from './open-board.js';

type Sent = {
	method?: string;
	/** Behind the token, or instead of all of it. */
	path?: string;
	file?: string;
	headers?: Record<string, string>;
	body?: string;
};

type Answer = {status: number; headers: NodeJS.Dict<string | string[]>; text: string};

/** Sends what a browser would not, too. */
const send = async (
	url: string,
	{method = 'GET', path, file = '', headers = {}, body}: Sent,
): Promise<Answer> =>
	new Promise((resolve, reject) => {
		const {hostname, port, pathname} = new URL(url);
		const sent = request(
			{hostname, port, method, path: path ?? pathname + file, headers, agent: false},
			response => {
				let text = '';
				response.setEncoding('utf8');
				response.on('data', part => {
					text += part;
				});
				const answer = () => resolve({status: response.statusCode ?? 0, headers: response.headers, text});
				response.on('end', answer);
				// It has no end.
				if (response.headers['content-type'] !== 'text/event-stream') return;
				answer();
				sent.destroy();
			},
		);
		sent.on('error', reject);
		sent.end(body);
	});

const json = {'Content-Type': 'application/json'};
const said = JSON.stringify({action: 'say', text: 'Hello'});
const say: Sent = {method: 'POST', file: 'action', headers: json, body: said};

test('the page, its script, its words and its styles come with the token, and are not stored', async t => {
	const {url} = await openBoard(t);
	for (const file of ['', 'board.js', 'words.js', 'board.css']) {
		const {status, headers, text} = await send(url, {file});
		t.is(status, 200, file);
		t.is(headers['cache-control'], 'no-store');
		t.regex(String(headers['content-security-policy']), /default-src 'none'/);
		t.notRegex(String(headers['content-security-policy']), /unsafe/);
		t.true(text.length > 100, file);
	}
	const {text} = await send(url, {});
	t.notRegex(text, /<script(?![^>]* src=)|<style| style=| on\w+=/);
});

test('an action of the page is performed', async t => {
	const {url, hub} = await openBoard(t);
	const {origin} = new URL(url);
	const own = {...json, Origin: origin, 'Sec-Fetch-Site': 'same-origin'};
	t.is((await send(url, {...say, headers: own})).status, 204);
	t.deepEqual(hub.actions, [{action: 'say', text: 'Hello'}]);
});

const attacks = test.macro(async (t, change: (url: string) => Sent, status: number) => {
	const {url, hub} = await openBoard(t);
	const {status: given, text} = await send(url, change(url));
	t.is(given, status);
	t.is(text, '');
	t.deepEqual(hub.actions, []);
	t.is(hub.subscribers(), 0);
	// The teacher goes on undisturbed.
	t.is((await send(url, say)).status, 204);
});

const wrongToken = (url: string) => `${new URL(url).pathname.slice(0, -2)}${url.endsWith('A/') ? 'B' : 'A'}/`;

test('without the token there is no page', attacks, () => ({path: '/'}), 403);
test('with a wrong token there is none', attacks, url => ({path: wrongToken(url)}), 403);
test('with a shorter one there is none', attacks, url => ({path: wrongToken(url).slice(0, 20)}), 403);
test('without the token nothing is told', attacks, () => ({path: '/events'}), 403);
test('with a wrong token nothing is done', attacks, url => ({...say, path: `${wrongToken(url)}action`}), 403);
test(
	'under the name of another site nothing is told',
	attacks,
	() => ({file: 'events', headers: {Host: 'example.com'}}),
	403,
);
test(
	'a name that was bound to this machine meanwhile is refused, right port or not',
	attacks,
	url => ({...say, headers: {...json, Host: `attacker.example:${new URL(url).port}`}}),
	403,
);
test('so is localhost', attacks, url => ({headers: {Host: `localhost:${new URL(url).port}`}}), 403);
test(
	'a page of another site can do nothing',
	attacks,
	() => ({...say, headers: {...json, Origin: 'https://example.com'}}),
	403,
);
test('nor can one without an origin', attacks, () => ({...say, headers: {...json, Origin: 'null'}}), 403);
test(
	'nor can one on another port of this machine',
	attacks,
	() => ({...say, headers: {...json, Origin: 'http://127.0.0.1:1', 'Sec-Fetch-Site': 'same-site'}}),
	403,
);
test(
	'an image, a script or a frame of another site is refused',
	attacks,
	() => ({file: 'board.js', headers: {'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Dest': 'script'}}),
	403,
);
test(
	'the form of another site is refused, even where a browser tells nothing of it',
	attacks,
	() => ({...say, headers: {'Content-Type': 'text/plain'}}),
	415,
);
test('an action is not a question', attacks, () => ({file: 'action'}), 405);
test('nothing is put anywhere', attacks, () => ({...say, method: 'PUT', file: 'board.js'}), 405);
test(
	'a huge body is refused',
	attacks,
	() => ({...say, body: JSON.stringify({action: 'say', text: 'x'.repeat(100_000)})}),
	413,
);
test(
	'so is one that tells no length',
	attacks,
	() => ({...say, headers: {...json, 'Transfer-Encoding': 'chunked'}, body: 'x'.repeat(100_000)}),
	413,
);
for (const [title, body] of [
	['no JSON', 'say'],
	['an unknown action', '{"action": "run", "command": "true"}'],
	['an action with more than it needs', '{"action": "say", "text": "x", "command": "true"}'],
	['a deep value', `${'['.repeat(7000)}${']'.repeat(7000)}`],
	['a prototype', '{"__proto__": {"action": "say"}, "action": "say"}'],
] as const) {
	test(`${title} is refused`, attacks, () => ({...say, body}), 400);
}
test('a path leads nowhere else', attacks, () => ({file: '../../../etc/passwd'}), 403);
test('nor does one that is escaped', attacks, () => ({file: '..%2F..%2Fetc%2Fpasswd'}), 404);
test('a name that all objects have is no file', attacks, () => ({file: 'constructor'}), 404);

test('a board tells why the class refuses something, and nothing of a fault', async t => {
	const {url, hub} = await openBoard(t);
	hub.perform = () => {
		throw new UserError('The class is over.');
	};
	const {status, text} = await send(url, say);
	t.deepEqual([status, JSON.parse(text)], [409, {refused: 'The class is over.'}]);
	hub.perform = () => {
		throw new Error('secret');
	};
	await t.throwsAsync(send(url, say), {code: 'ECONNRESET'});
});

/** Opens the stream of a page; `updates`: those that came so far. */
const listen = (url: string) => {
	const updates: Array<{seats: Array<{id: string}>; class?: object; removed?: string[]}> = [];
	let rest = '';
	const sent = request(`${url}events`, {agent: false}, response => {
		response.setEncoding('utf8');
		response.on('data', part => {
			const events = (rest + part).split('\n\n');
			rest = events.pop() ?? '';
			for (const event of events) {
				if (event.startsWith('data: ')) updates.push(JSON.parse(event.slice('data: '.length)));
			}
		});
		response.on('error', () => {});
	});
	sent.on('error', () => {});
	sent.end();
	return {updates, close: () => sent.destroy()};
};

test('a page is told everything first, then what changed, many changes as one', async t => {
	const first = fakeClass({seats: 300});
	const {url, hub} = await openBoard(t, first);
	const {updates, close} = listen(url);
	await settled(
		() => updates.length,
		length => length > 0,
	);
	t.is(updates[0]?.seats.length, 300);
	t.truthy(updates[0]?.class);
	const [ada, alan, ...others] = first.seats;
	if (!ada || !alan) return t.fail();
	for (const seat of others) hub.tell({now: first.now, seats: [seat]});
	hub.tell({now: first.now, seats: [ada]});
	hub.tell({now: first.now, seats: [], removed: [ada.id, alan.id]});
	hub.tell({now: first.now, seats: [alan]});
	const later = () => updates.slice(1).flatMap(({seats}) => seats.map(({id}) => id));
	await settled(later, ids => ids.includes(alan.id));
	t.deepEqual(later().sort(), [alan, ...others].map(({id}) => id).sort());
	// The first of them comes at once if nothing came for a while.
	t.true(updates.length <= 3);
	t.deepEqual(updates.at(-1)?.removed, [ada.id]);
	t.is(updates.at(-1)?.class, undefined);
	close();
	t.is(await settled(hub.subscribers, count => count === 0), 0);
});

test('more pages than a teacher opens are refused, and the others go on', async t => {
	const {url, hub} = await openBoard(t);
	const pages = Array.from({length: 20}, () => listen(url));
	t.is(await settled(hub.subscribers, count => count === 20), 20);
	t.is((await send(url, {file: 'events'})).status, 503);
	hub.tell({now: 1, seats: []});
	for (const {updates} of pages)
		await settled(
			() => updates.length,
			length => length === 2,
		);
	t.true(pages.every(({updates}) => updates.length === 2));
	for (const {close} of pages) close();
});

test('closing ends every connection', async t => {
	const {url, hub, close} = await openBoard(t);
	const {updates} = listen(url);
	await settled(
		() => updates.length,
		length => length > 0,
	);
	await close();
	t.is(await settled(hub.subscribers, count => count === 0), 0);
	await t.throwsAsync(send(url, {}), {code: 'ECONNREFUSED'});
});
