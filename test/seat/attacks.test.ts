import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import {type AddressInfo, createServer as createTcpServer, type Server, type Socket} from 'node:net';
import test, {type ExecutionContext} from 'ava';
import {routes, type SeatReport} from '../../source/classroom/protocol.js';
import {createHubClient, HubError, type HubTrouble} from '../../source/seat/hub-client.js';
import {meetHub} from '../../source/seat/join.js';
import type {SessionState} from '../../source/session/state.js';
import {type FakeHub, openFakeHub} from '../tools/fakes/fake-hub.js';
import {createFakeSeatStore, joinedClass} from '../tools/fakes/joined-class.js';
import {settled} from '../tools/settled.js';
import {openInClass} from './open-in-class.js';

// A hub that is not what it says: whatever it answers, the learner goes on, and nothing runs.

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const json =
	(body: unknown, status = 200): Answer =>
	(_, response) =>
		response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));

/** Writes again and again until the connection ends. */
const drip =
	(piece: string, everyMs: number): Answer =>
	(_, response) => {
		const timer = setInterval(() => response.write(piece), everyMs);
		response.on('close', () => clearInterval(timer));
	};

const emptyReport: SeatReport = {
	...{format: 1, sequence: 1, name: 'Ada', mode: 'real', step: null, steps: [], ready: []},
	...{workshop: {id: 'multi-stage', hash: 'a'.repeat(64)}, hand: false, handedIn: false, results: []},
	lastMessage: 0,
};
const reported = {sequence: 5, results: 0, messages: false};

/** Answers to a report that are none, and what the program makes of them. */
const answers: Record<string, {answer: Answer; trouble: HubTrouble}> = {
	'garbage in place of JSON': {answer: json('\u0000\u001B]0;hacked\u0007{{{'), trouble: 'no-hub'},
	'an answer without end': {answer: drip('x'.repeat(64 * 1024), 1), trouble: 'no-hub'},
	'an answer of 300 KB': {answer: json({...reported, more: 'x'.repeat(300 * 1024)}), trouble: 'no-hub'},
	'a byte now and then': {answer: drip(' ', 100), trouble: 'silent'},
	'no answer at all': {answer() {}, trouble: 'silent'},
	'headers without end': {
		answer: ({socket}) => {
			socket.write('HTTP/1.1 200 OK\r\n');
			const timer = setInterval(() => socket.write(`X-Fill: ${'x'.repeat(500)}\r\n`), 5);
			socket.on('close', () => clearInterval(timer)).on('error', () => {});
		},
		trouble: 'no-hub',
	},
	'interim answers without end': {
		answer: ({socket}) => {
			const timer = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'), 5);
			socket.on('close', () => clearInterval(timer)).on('error', () => {});
		},
		trouble: 'silent',
	},
	'an answer that is cut off': {
		answer(_, response) {
			response.writeHead(200, {'Content-Length': 100});
			response.write('{"sequence":');
			setTimeout(() => response.destroy(), 20);
		},
		trouble: 'no-hub',
	},
	'a negative number': {answer: json({...reported, results: -1}), trouble: 'no-hub'},
	'a number that is none': {answer: json('{"sequence":NaN,"results":0,"messages":false}'), trouble: 'no-hub'},
	'a number beyond all bounds': {
		answer: json('{"sequence":1e308,"results":0,"messages":false}'),
		trouble: 'no-hub',
	},
	'an array': {answer: json([reported]), trouble: 'no-hub'},
	'nested arrays': {answer: json('['.repeat(100_000)), trouble: 'no-hub'},
	'a refusal that does not exist': {answer: json({refused: 'run-this'}, 403), trouble: 'no-hub'},
	'a server error': {answer: json('oops', 500), trouble: 'no-hub'},
};

for (const [what, {answer, trouble}] of Object.entries(answers)) {
	test.serial(`a hub that answers with ${what} is ${trouble}`, async t => {
		const hub = await openFakeHub(t, {
			misbehave(request, response) {
				answer(request, response);
				return true;
			},
		});
		const {address, fingerprint, token} = hub;
		const client = createHubClient(address, {
			fingerprint,
			token,
			timeoutMs: trouble === 'silent' ? 500 : 20_000,
		});
		t.teardown(client.close);
		const error = await t.throwsAsync(client.report(emptyReport), {instanceOf: HubError});
		t.is(error.trouble, trouble);
	});
}

/** Opens a session in a class whose hub sends these as messages, over and over. */
const openWith = async (t: ExecutionContext, list: () => unknown[]) => {
	const hub = await openFakeHub(t, {
		misbehave(request, response, path) {
			if (path !== routes.messages) return false;
			json({messages: list()})(request, response);
			return true;
		},
	});
	return openInClass(t, hub, {stepId: 'lab-port'});
};

/** What a learner has that a hub must not change. */
const owned = ({passed, stepId, screen, captured, history, shell, question, commandLine}: SessionState) => ({
	...{passed, stepId, screen, captured, history, shell, question, commandLine},
});

const nothingRan = (t: ExecutionContext, {session}: Awaited<ReturnType<typeof openInClass>>): void => {
	t.deepEqual(session.backend.runner.started, []);
	t.is(session.backend.ledger.all().length, 0);
};

const say = (text: unknown, number: unknown = 1) => ({number, kind: 'say', text});
const release = (more: object) => ({
	number: 1,
	kind: 'release',
	workshop: 'multi-stage',
	step: 'lab-port',
	what: 'hint',
	level: 1,
	finding: null,
	...more,
});

/** Messages that make an answer invalid: it is as if the hub had not answered. */
const invalid: Record<string, unknown> = {
	'a terminal sequence': say('\u001B]52;c;ZWNobw==\u0007 click'),
	'a text that runs backwards': say('safe \u202Eexe.txt'),
	'several lines': say('one\ntwo'),
	'a text of 100,000 characters': say('x'.repeat(100_000)),
	'no text': say(''),
	'a command to run': {number: 1, kind: 'run', argv: ['docker', 'run', 'evil']},
	'a file to write': {number: 1, kind: 'write', path: '../../.bashrc', text: 'evil'},
	'keys to press': {number: 1, kind: 'keys', text: '\r'},
	'a negative number': say('hello', -1),
	'half a number': say('hello', 1.5),
	'a countdown of minus one': {number: 1, kind: 'countdown', seconds: -1},
	'a step with a path': release({step: '../../etc/passwd'}),
	'a release of something else': release({what: 'file'}),
	'a level below all': release({level: -1}),
};
for (const [what, message] of Object.entries(invalid)) {
	test.serial(`a message with ${what} is not shown, and the learner goes on`, async t => {
		const inClass = await openWith(t, () => [message]);
		await inClass.is('here');
		const before = owned(inClass.session.getState());
		const view = await inClass.is('away');
		t.deepEqual(view.notes, []);
		t.deepEqual(owned(inClass.session.getState()), before);
		nothingRan(t, inClass);
		inClass.session.send({intent: 'go-on'});
		t.is(inClass.session.getState().screen, 'step');
	});
}

/** Messages that are valid, but about nothing that the learner has. */
const strange: Record<string, object> = {
	'a release of a step that does not exist': release({step: 'evil'}),
	'a release of a prototype': release({step: 'constructor', finding: 'constructor'}),
	'a release of another workshop': release({workshop: 'evil'}),
	'a hint for a finding that has none': release({finding: 'evil'}),
	'a pace in a chapter that does not exist': {
		number: 1,
		kind: 'pace',
		workshop: 'multi-stage',
		chapter: 'evil',
	},
	'unknown keys': {...release({step: 'evil'}), run: 'rm -rf /', passed: {'lab-port': true}},
};
for (const [what, message] of Object.entries(strange)) {
	test.serial(`${what} changes nothing`, async t => {
		const inClass = await openWith(t, () => [message, {number: 2, kind: 'countdown', seconds: 600}]);
		const before = owned(inClass.session.getState());
		const {notes} = await inClass.sees(({minutesLeft}) => minutesLeft === 10, 'the message behind it');
		const {hints, hintsFor} = inClass.session.getState();
		t.deepEqual({notes, hints, hintsFor}, {notes: [], hints: {}, hintsFor: {}});
		t.deepEqual(owned(inClass.session.getState()), before);
		nothingRan(t, inClass);
	});
}

test.serial('a level beyond all reveals what the step has, and does not run it', async t => {
	const inClass = await openWith(t, () => [release({what: 'solution', level: 1_000_000})]);
	await inClass.sees(({notes}) => notes.length === 1, 'a note');
	const state = inClass.session.getState();
	const step = state.workshop.chapters.flatMap(({steps}) => steps).find(({id}) => id === 'lab-port');
	t.is(state.hints['lab-port'], step?.hints.length);
	nothingRan(t, inClass);
});

test.serial(
	'of 10,000 messages, no more than 50 are kept, and the hub is not asked again and again',
	async t => {
		let number = 0;
		let asked = 0;
		const inClass = await openWith(t, () => {
			asked++;
			return Array.from({length: 50}, () => say(`message ${++number}`, number));
		});
		await inClass.sees(({notes}) => (notes.at(-1)?.number ?? 0) > 50, 'a second answer');
		t.is(inClass.view().notes.length, 50);
		t.true(asked <= 4, `${asked} requests`);
	},
);

test.serial('an answer with 10,000 messages at once is refused', async t => {
	const inClass = await openWith(t, () => Array.from({length: 10_000}, (_, index) => say('x', index + 1)));
	t.deepEqual((await inClass.is('away')).notes, []);
});

test.serial('commands in a message are text', async t => {
	const inClass = await openWith(t, () => [say('run `multistage-workshop cleanup --yes` or $(reboot)')]);
	const {notes} = await inClass.sees(seen => seen.notes.length === 1, 'the text');
	t.like(notes[0], {isQuote: true, text: 'run `multistage-workshop cleanup --yes` or $(reboot)'});
	nothingRan(t, inClass);
});

test.serial('a hub that says that it ignored every report is not sent more of them', async t => {
	let reports = 0;
	const hub = await openFakeHub(t, {
		misbehave(request, response, path) {
			if (path !== routes.report) return false;
			reports++;
			json({...reported, sequence: 900_000 + reports})(request, response);
			return true;
		},
	});
	const {is, session} = await openInClass(t, hub);
	await is('here');
	for (let count = 0; count < 20; count++) session.send({intent: 'toggle-hand'});
	await settled(
		() => reports,
		count => count >= 2,
	);
	t.true(reports <= 3, `${reports} reports`);
});

test.serial('a hub with another certificate gets nothing, not even the token', async t => {
	const hub = await openFakeHub(t);
	const impostor = await openFakeHub(t, {token: hub.token});
	const store = createFakeSeatStore({...joinedClass(hub), address: impostor.address});
	const {is} = await openInClass(t, impostor, {store});
	await is('away');
	t.is(impostor.received(), '');
});

test.serial('a redirect is not followed', async t => {
	const other = await openFakeHub(t);
	const hub = await openFakeHub(t, {
		misbehave(_, response) {
			const {host, port} = other.address;
			response.writeHead(307, {Location: `https://${host}:${port}${routes.report}`}).end();
			return true;
		},
	});
	const {is} = await openInClass(t, hub);
	await is('away');
	t.is(other.received(), '');
});

const listenOn = async (t: ExecutionContext, server: Server): Promise<FakeHub['address']> => {
	const sockets = new Set<Socket>();
	server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => {})));
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	t.teardown(() => {
		server.close();
		for (const socket of sockets) socket.destroy();
	});
	return {host: '127.0.0.1', port: (server.address() as AddressInfo).port};
};

test.serial('a server of plain HTTP is not spoken to', async t => {
	let asked = 0;
	const address = await listenOn(
		t,
		createServer((_, response) => {
			asked++;
			response.end('{}');
		}),
	);
	const error = await t.throwsAsync(meetHub(address, 'K7M-4QX'), {instanceOf: HubError});
	t.is(error.trouble, 'no-hub');
	t.is(asked, 0);
});

test.serial('a port that accepts and never says anything is given up in two seconds', async t => {
	const address = await listenOn(t, createTcpServer());
	const error = await t.throwsAsync(meetHub(address, 'K7M-4QX'), {instanceOf: HubError});
	t.is(error.trouble, 'silent');
});

test.serial('a hub that only repeats the learner’s nonce has proved nothing', async t => {
	const hub = await openFakeHub(t, {
		misbehave(_, response, path) {
			if (path !== routes.hello) return false;
			const own = 'A'.repeat(43);
			json({
				...{format: 1, class: {id: 'c'.repeat(64), title: 'Mine'}, salt: own, nonce: own, proof: own},
				...{workshops: [], manifest: 'b'.repeat(64)},
			})(_, response);
			return true;
		},
	});
	const error = await t.throwsAsync(meetHub(hub.address, hub.code), {instanceOf: HubError});
	t.is(error.trouble, 'wrong-code');
	t.notRegex(hub.received(), /class\/join/);
});
