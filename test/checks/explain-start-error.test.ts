import test from 'ava';
import type {ContainerFact} from '../../source/checks/model.js';
import {gives, mine} from './gives-finding.js';
import {container, image, now, published} from './sample-facts.js';

const allocated =
	'driver failed programming external connectivity on endpoint mine (49ca): Bind for 0.0.0.0:8050 failed: port is already allocated';
const created = (error: string): Partial<ContainerFact> => ({
	state: 'created',
	exitCode: 128,
	error,
	startedAt: null,
	loggedPort: null,
});

test(
	'a host port that another container has',
	gives,
	[
		...mine(created(allocated)),
		image('nginx'),
		container({
			id: 'n',
			name: 'web',
			imageId: 'sha256:nginx',
			image: 'nginx',
			published: published(8050, 80),
		}),
	],
	{finding: 'created-only', says: ['8050', 'the container web', '8051']},
);
test(
	'a host port that another program has',
	gives,
	mine(created('Error starting userland proxy: listen tcp4 0.0.0.0:8050: bind: address already in use')),
	{finding: 'created-only', says: ['8050', 'another program']},
);
test(
	'a host port that another program has, as Docker 28 says it',
	gives,
	mine(
		created(
			'failed to set up container networking: failed to bind host port for 0.0.0.0:8050:172.17.0.2:5000/tcp: address already in use',
		),
	),
	{finding: 'created-only', says: ['8050', 'another program']},
);
test(
	'a host port that another program has, as Docker 29 says it (by hand, from its source)',
	gives,
	mine(
		created(
			'failed to set up container networking: driver failed programming external connectivity on endpoint mine (49ca): failed to bind host port 0.0.0.0:8050/tcp: address already in use',
		),
	),
	{finding: 'created-only', says: ['8050', 'another program']},
);
test(
	'a host port that Windows keeps',
	gives,
	mine(
		created(
			'Ports are not available: exposing port TCP 0.0.0.0:8050 -> 127.0.0.1:0: listen tcp 0.0.0.0:8050: bind: An attempt was made to access a socket in a way forbidden by its access permissions.',
		),
	),
	{finding: 'created-only', says: ['8050', 'the system']},
);
test(
	'an address of another machine',
	gives,
	mine(
		created(
			'Error starting userland proxy: listen tcp4 10.9.9.9:8053: bind: cannot assign requested address',
		),
	),
	{finding: 'created-only', says: ['10.9.9.9', 'not an address of this machine']},
);
test(
	'a program that the image lacks',
	gives,
	mine(
		created(
			'runc create failed: unable to start container process: exec: "-port": executable file not found in $PATH: unknown',
		),
	),
	{finding: 'created-only', says: ['`-port`']},
);
test('created a moment ago, and about to start', gives, mine({...created(''), createdAt: now - 100}), {
	finding: 'waiting',
	next: null,
});
test('created long ago, and never started', gives, mine(created('')), {
	finding: 'created-only',
	says: ['docker start mine'],
});
