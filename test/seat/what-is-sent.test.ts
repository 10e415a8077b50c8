import test from 'ava';
import * as v from 'valibot';
import {seatReportSchema} from '../../source/classroom/protocol.js';
import {openFakeHub} from '../tools/fakes/fake-hub.js';
import {settled} from '../tools/settled.js';
import {openInClass} from './open-in-class.js';

/** What nobody but the learner should see, each in another place. */
const secrets = {
	line: 'typed-secret-1',
	variable: 'variable-secret-2',
	fileText: 'file-secret-3',
	folder: 'folder-secret-4',
	output: 'output-secret-5',
	image: 'image-secret-6',
	container: 'container-secret-7',
	unfinished: 'unfinished-secret-8',
	search: 'search-secret-9',
};

test('in a whole session, none of what the learner types, prints, edits or names is sent', async t => {
	const hub = await openFakeHub(t);
	const {session, is, sees, close} = await openInClass(t, hub, {
		stepId: 'build-simple-buildkit',
		history: [`docker login -p ${secrets.search}`],
		script: ({argv}) =>
			argv.join(' ').includes(secrets.line)
				? {prints: [{text: `${secrets.output}\n`}, {text: secrets.output, stream: 'stderr'}], ends: 1}
				: null,
		prepare(backend, lab) {
			lab.ensure();
			backend.engine.addImage({tags: ['whoami:latest']});
			backend.engine.addImage({tags: [`${secrets.image}:latest`]});
		},
	});
	const over = () => session.until(({runningStepId}) => runningStepId === null, 'the end of the run');
	const run = async (line: string) => {
		session.send({intent: 'run-line', line});
		await over();
	};
	await is('here');
	session.send({intent: 'go-on'});
	session.send({intent: 'tick', place: 1});
	session.send({intent: 'run'});
	await over();
	await run(`export TOKEN=${secrets.variable}`);
	await run(`echo ${secrets.line} $TOKEN`);
	await run(`docker tag whoami ${secrets.image}:own`);
	session.lab.write('simple/Dockerfile', `FROM alpine:3.13\n# ${secrets.fileText}\n`);
	session.lab.write(`${secrets.folder}/notes.txt`, secrets.fileText);
	await session.until(({question}) => question !== null, 'the offer to build it');
	session.send({intent: 'answer', answer: 'no'});
	session.send({intent: 'go-to-step', stepId: 'lab-port'});
	session.send({intent: 'type-command'});
	session.send({intent: 'type-text', text: secrets.unfinished});
	session.send({intent: 'close-command-line'});
	await run(`docker run -d -P --name ${secrets.container} -e PASSWORD=${secrets.variable} whoami -port 5000`);
	await session.until(
		({challenges}) => challenges['lab-port']?.finding === 'published-wrong-port',
		'a finding',
	);
	session.send({intent: 'reveal-hint'});
	session.send({intent: 'toggle-hand'});
	hub.say({kind: 'say', text: 'How are you?'});
	await sees(({notes}) => notes.length === 1, 'the message');
	session.send({intent: 'dismiss-note'});
	const last = await settled(
		() => hub.reports.at(-1),
		report => report?.hand === true && report.step === 'lab-port',
	);
	await close();

	t.like(
		last?.steps.find(({step}) => step === 'lab-port'),
		{finding: 'published-wrong-port', hints: 1},
	);
	const received = hub.received();
	t.true(received.length > 1000);
	for (const [where, secret] of Object.entries({...secrets, home: '/home/', ada: 'multi-stage-lab'}))
		t.false(received.includes(secret), where);
	// What was sent is what the preview is made of, and nothing around it.
	for (const report of hub.reports) t.notThrows(() => v.parse(seatReportSchema, report));
	const headers = [...new Set(received.match(/^[A-Z][\w-]+$(?=\n)/gm))].sort();
	t.deepEqual(headers, ['Authorization', 'Connection', 'Content-Length', 'Content-Type', 'Host']);
});
