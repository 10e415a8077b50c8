import test from 'ava';
import {gives, good, withWhoami} from './gives-finding.js';
import {container, engine, image} from './sample-facts.js';

test(
	'an image built on whoami passes',
	gives,
	[
		...withWhoami(image('derived', {layers: ['whoami-layer', 'more']})),
		container({...good, imageId: 'sha256:derived', image: 'derived', command: ['/app/whoami']}),
	],
	{finding: 'passed'},
);
test(
	'an image with whoami’s layers and another port passes',
	gives,
	[
		...withWhoami(image('derived', {layers: ['whoami-layer']})),
		container({...good, imageId: 'sha256:derived', image: 'derived'}),
	],
	{finding: 'passed'},
);
test(
	'an older whoami of ours passes, although its name has moved on',
	gives,
	[
		...withWhoami({fact: 'ledger', imageIds: ['0123456789ab']}),
		container({...good, imageId: 'sha256:0123456789abcdef'}),
	],
	{finding: 'passed'},
);
test(
	'fewer digits than a builder prints are the ID of no image',
	gives,
	[
		...withWhoami({fact: 'ledger', imageIds: ['0123456789a', 'sha256:']}),
		container({...good, imageId: 'sha256:0123456789abcdef'}),
	],
	{finding: 'no-container'},
);
test(
	'containers of shipped steps and of other images count for nothing',
	gives,
	withWhoami(
		container({...good, madeByStep: true}),
		image('nginx'),
		container({...good, id: 'x', imageId: 'sha256:nginx', image: 'nginx'}),
	),
	{finding: 'no-container'},
);
test(
	'our containers of the workshop’s other images count for nothing',
	gives,
	withWhoami(
		{fact: 'ledger', imageIds: ['0123456789ab']},
		image('simple'),
		container({
			imageId: 'sha256:0123456789abcdef',
			image: 'simple',
			command: ['cat', '/build.txt'],
			loggedPort: null,
			state: 'exited',
		}),
	),
	{finding: 'no-container'},
);
test(
	'an image without layers is the base of nothing',
	gives,
	[
		engine(),
		image('whoami', {layers: []}),
		image('other'),
		container({...good, imageId: 'sha256:other', image: 'other'}),
	],
	{finding: 'no-container'},
);
