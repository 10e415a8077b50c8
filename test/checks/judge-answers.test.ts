import test from 'ava';
import {gives, good, mine, wired, young} from './gives-finding.js';
import {answer, container, engine, image, now, published, silence} from './sample-facts.js';

const stranger = {hostname: 'aaaabbbbcccc', addresses: ['172.17.0.9']};

test('a published whoami that answers passes', gives, mine(good), {
	finding: 'passed',
	says: ['mine', '8050', '5000'],
	next: null,
});
test(
	'an answer over IPv6 alone passes',
	gives,
	mine({
		...wired,
		answers: [silence(8050, 5000, 'ECONNREFUSED'), answer(8050, 5000, {address: '[::1]:8050'})],
	}),
	{finding: 'passed'},
);
test(
	'a port exposed beside 80 passes by the one that is listened on',
	gives,
	mine({
		exposed: ['80/tcp', '5000/tcp'],
		published: [...published(32768, 80), ...published(32769, 5000)],
		answers: [silence(32768, 80), answer(32769, 5000)],
	}),
	{finding: 'passed', says: ['32769']},
);
test(
	'a host port bound to one address passes',
	gives,
	mine({
		published: [{hostIp: '127.0.0.2', hostPort: 8050, containerPort: 5000, protocol: 'tcp'}],
		answers: [answer(8050, 5000, {address: '127.0.0.2:8050'})],
	}),
	{finding: 'passed'},
);
test(
	'whoami in the host’s network passes by the engine’s host name',
	gives,
	mine({
		networkMode: 'host',
		hostname: '',
		addresses: [],
		answers: [answer(5000, 5000, {hostname: 'laptop'})],
	}),
	{finding: 'passed'},
);
for (const networkMode of ['pasta', 'pasta:-T,5000', 'slirp4netns']) {
	test(
		`whoami passes by its host name where Podman gives it no address of its own (${networkMode})`,
		gives,
		mine({...wired, networkMode, addresses: [], answers: [answer(8050, 5000, {addresses: ['192.0.2.2']})]}),
		{finding: 'passed'},
	);
	test(
		`and another does not (${networkMode})`,
		gives,
		mine({...wired, networkMode, addresses: [], answers: [answer(8050, 5000, stranger)]}),
		{finding: 'answered-by-another'},
	);
}
test(
	'whoami with a host name of its own passes',
	gives,
	mine({...wired, hostname: 'web', answers: [answer(8050, 5000, {hostname: 'web'})]}),
	{finding: 'passed'},
);
test(
	'addresses with a mask are the same addresses',
	gives,
	mine({...wired, addresses: ['172.17.0.2'], answers: [answer(8050, 5000, {addresses: ['172.17.0.2/16']})]}),
	{finding: 'passed'},
);
test(
	'an answer proves the port where nothing was logged',
	gives,
	mine({...good, loggedPort: null, command: ['/start']}),
	{finding: 'passed', says: ['5000']},
);
test(
	'another container answers on the host port',
	gives,
	[
		...mine({...wired, answers: [answer(8050, 5000, stranger)]}),
		image('other'),
		container({
			id: 'aaaabbbbccccdddd',
			name: 'theirs',
			hostname: 'aaaabbbbcccc',
			imageId: 'sha256:other',
			image: 'other',
		}),
	],
	{finding: 'answered-by-another', says: ['the container theirs', '-p 8051:5000']},
);
test(
	'a whoami that no container is answers',
	gives,
	mine({...young, ...wired, answers: [answer(8050, 5000, stranger)]}),
	{finding: 'answered-by-another', says: ['aaaabbbbcccc']},
);
test(
	'the right address under another host name proves nothing',
	gives,
	mine({...wired, answers: [answer(8050, 5000, {hostname: 'aaaabbbbcccc'})]}),
	{finding: 'answered-by-another'},
);
test(
	'the right host name with other addresses proves nothing',
	gives,
	mine({...wired, answers: [answer(8050, 5000, {addresses: ['172.17.0.9']})]}),
	{finding: 'answered-by-another'},
);

test(
	'no answer a minute after the start',
	gives,
	mine({...wired, answers: [silence(8050, 5000, 'ECONNREFUSED')]}),
	{finding: 'no-answer', says: ['127.0.0.1:8050', 'ECONNREFUSED', 'docker logs mine']},
);
test('no answer yet', gives, mine({...young, ...wired, answers: [silence(8050, 5000)]}), {
	finding: 'waiting',
	verdict: 'unknown',
});
test(
	'no answer 4999 ms after the start',
	gives,
	mine({...wired, startedAt: now - 4999, answers: [silence(8050, 5000)]}),
	{finding: 'waiting'},
);
test(
	'no answer 5000 ms after the start',
	gives,
	mine({...wired, startedAt: now - 5000, answers: [silence(8050, 5000)]}),
	{finding: 'no-answer'},
);
test(
	'another server answers',
	gives,
	mine({
		...wired,
		answers: [answer(8050, 5000, {hostname: null, addresses: [], firstLine: 'Welcome to nginx!'})],
	}),
	{finding: 'http-error', says: ['200', 'Welcome to nginx!']},
);
test(
	'whoami’s words with status 500 are no proof',
	gives,
	mine({...wired, answers: [answer(8050, 5000, {status: 500})]}),
	{finding: 'http-error', says: ['500']},
);
test(
	'another server answers for now',
	gives,
	mine({...young, ...wired, answers: [answer(8050, 5000, {status: 503, hostname: null, addresses: []})]}),
	{finding: 'waiting'},
);

test(
	'a port that could not be asked',
	gives,
	mine({published: [{hostIp: '10.0.0.9', hostPort: 8050, containerPort: 5000, protocol: 'tcp'}]}),
	{finding: 'unreachable-host', says: ['8050']},
);
test(
	'a remote engine behind a firewall',
	gives,
	[
		engine({local: false, address: '192.0.2.7'}),
		image('whoami'),
		container({...wired, answers: [silence(8050, 5000, 'ETIMEDOUT')]}),
	],
	{finding: 'unreachable-host', says: ['ETIMEDOUT']},
);
test(
	'a remote engine whose server hangs up',
	gives,
	[
		engine({local: false, address: '192.0.2.7'}),
		image('whoami'),
		container({...wired, answers: [silence(8050, 5000, 'ECONNRESET')]}),
	],
	{finding: 'no-answer'},
);
test(
	'a remote engine that refuses may still be starting the server',
	gives,
	[
		engine({local: false, address: '192.0.2.7'}),
		image('whoami'),
		container({...young, ...wired, answers: [silence(8050, 5000, 'ECONNREFUSED')]}),
	],
	{finding: 'waiting'},
);
test(
	'whoami that calls itself what the engine’s host is called passes by its address',
	gives,
	mine({...wired, answers: [answer(8050, 5000, {hostname: 'laptop'})]}),
	{finding: 'passed'},
);
test(
	'the engine’s host name with other addresses proves nothing',
	gives,
	mine({...wired, answers: [answer(8050, 5000, {hostname: 'laptop', addresses: ['172.17.0.9']})]}),
	{finding: 'answered-by-another'},
);
test(
	'a port in the host’s network that is not known yet',
	gives,
	mine({...young, networkMode: 'host', loggedPort: null, command: ['/start']}),
	{finding: 'waiting'},
);
test(
	'a port in the host’s network that is never told',
	gives,
	mine({networkMode: 'host', loggedPort: null, command: ['/start']}),
	{finding: 'unreachable-host', says: ['does not say which port']},
);

const inContainer = engine({local: false, address: '172.17.0.1', inContainer: true});
test(
	'from within a container, a host that refuses is said to be a host that refuses',
	gives,
	[inContainer, image('whoami'), container({...wired, answers: [silence(8050, 5000, 'ECONNREFUSED')]})],
	{
		finding: 'unreachable-host',
		verdict: 'unknown',
		says: ['you are in a container and the ports are on its host', 'curl localhost:8050'],
	},
);
test(
	'from within a container, the host’s own loopback can’t be asked',
	gives,
	[
		inContainer,
		image('whoami'),
		container({published: [{hostIp: '127.0.0.1', hostPort: 8050, containerPort: 5000, protocol: 'tcp'}]}),
	],
	{finding: 'unreachable-host', verdict: 'unknown', says: ['only on 127.0.0.1', 'you are in a container']},
);
test(
	'a whoami of another engine, where the ports of this one may be elsewhere',
	gives,
	[
		engine({local: false, address: '127.0.0.1'}),
		image('whoami'),
		container({...wired, answers: [answer(8050, 5000, stranger)]}),
	],
	{finding: 'unreachable-host', verdict: 'unknown', says: ['not on this engine']},
);
