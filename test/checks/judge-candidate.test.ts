import test from 'ava';
import {gives, mine, wired, young} from './gives-finding.js';
import {answer, published, silence} from './sample-facts.js';

test(
	'stopped, with its last words',
	gives,
	mine({state: 'exited', exitCode: 2, lastLogLine: 'flag provided but not defined: -prt'}),
	{finding: 'exited', says: ['2', 'flag provided but not defined', 'docker logs mine']},
);
test('stopped without a word', gives, mine({state: 'exited', exitCode: 137, lastLogLine: null}), {
	finding: 'exited',
	says: ['137'],
});
test('started again and again', gives, mine({state: 'restarting', exitCode: 1}), {
	finding: 'exited',
	says: ['keeps restarting'],
});
test('dead', gives, mine({state: 'dead', exitCode: 1}), {finding: 'exited'});
test('paused', gives, mine({...wired, state: 'paused', answers: [silence(8050, 5000)]}), {
	finding: 'paused',
	says: ['docker unpause mine'],
});

test(
	'listens on 80 without -port',
	gives,
	mine({
		command: ['/app/whoami'],
		loggedPort: 80,
		published: published(32768, 80),
		answers: [answer(32768, 80)],
	}),
	{finding: 'default-port', says: ['was not passed']},
);
test(
	'listens on 80 by -port 80',
	gives,
	mine({
		command: ['/app/whoami', '-port', '80'],
		loggedPort: 80,
		published: published(8050, 80),
		answers: [answer(8050, 80)],
	}),
	{finding: 'default-port', says: ['says 80']},
);
test(
	'listens on 80 in the host’s network',
	gives,
	mine({
		command: ['/app/whoami'],
		loggedPort: 80,
		networkMode: 'host',
		answers: [answer(80, 80, {hostname: 'laptop'})],
	}),
	{finding: 'default-port'},
);
test(
	'answers on 80 where nothing was logged',
	gives,
	mine({command: ['/start'], loggedPort: null, published: published(8050, 80), answers: [answer(8050, 80)]}),
	{finding: 'default-port'},
);
test(
	'the last log line counts more than the arguments',
	gives,
	mine({loggedPort: 80, published: published(8050, 5000), answers: [silence(8050, 5000)]}),
	{finding: 'default-port'},
);

test('published nowhere', gives, mine({}), {
	finding: 'not-published',
	says: ['5000', 'EXPOSE 80/tcp', 'docker port mine'],
});
test(
	'published for UDP only',
	gives,
	mine({published: [{hostIp: '0.0.0.0', hostPort: 8050, containerPort: 5000, protocol: 'udp'}]}),
	{finding: 'not-published'},
);
test('without a network', gives, mine({networkMode: 'none', addresses: []}), {finding: 'not-published'});

test(
	'80 is published and 5000 is listened on',
	gives,
	mine({published: published(32768, 80), answers: [silence(32768, 80)]}),
	{finding: 'published-wrong-port', says: ['32768', 'port 80', 'listens on port 5000', 'docker port mine']},
);
test(
	'the two ports of -p are swapped',
	gives,
	mine({published: published(5000, 8050), answers: [silence(5000, 8050)]}),
	{finding: 'published-wrong-port', says: ['maps to port 8050', 'listens on port 5000']},
);
test(
	'the wrong port is conclusive at once',
	gives,
	mine({...young, published: published(32768, 80), answers: [silence(32768, 80)]}),
	{finding: 'published-wrong-port'},
);
test(
	'the arguments tell the port where the log can’t be read',
	gives,
	mine({
		loggedPort: null,
		command: ['/app/whoami', '--port=7000'],
		published: published(8050, 5000),
		answers: [silence(8050, 5000)],
	}),
	{finding: 'published-wrong-port', says: ['7000']},
);
test(
	'-port behind the word that ends the options',
	gives,
	mine({
		command: ['/whoami', '-v', 'now', '-port', '5000'],
		loggedPort: 80,
		published: published(8050, 5000),
	}),
	{finding: 'default-port', says: ['`-port 5000`', '`now`']},
);
test(
	'-port that the program does not heed',
	gives,
	mine({command: ['/whoami', '-port', '5000'], loggedPort: 80, published: published(8050, 5000)}),
	{finding: 'default-port', says: ['although `-port` says 5000']},
);
test('a closed network', gives, mine({networkMode: 'lab', isShut: true}), {
	finding: 'not-published',
	says: ['its network lab publishes nothing'],
});
