import test from 'ava';
import {container, engine, gave, gone, image, made, plans, ran} from './plans-cleanup.js';

const base = image('ba', ['alpine:3.13'], ['root']);
const built = image('b1', ['simple:latest'], ['root', 'b1']);
const derived = image('de', ['derived:latest'], ['root', 'b1', 'more']);
const build = [made('b1'), gave('simple:latest', 'b1')];

test.serial(
	'nothing of ours, nothing to do',
	plans,
	{ledger: [], images: [base, built], containers: [container('theirs', 'b1')]},
	{},
);
test.serial(
	'an image that we built, its name, and its containers',
	plans,
	{
		ledger: build,
		images: [base, built],
		containers: [container('one', 'b1'), container('two', 'b1', 'exited')],
	},
	{containers: ['one', 'two'], names: ['simple:latest'], images: ['b1']},
);
test.serial(
	'a container of the learner’s image that our step ran',
	plans,
	{ledger: [ran('cafe')], images: [base], containers: [container('cafe', 'ba')]},
	{containers: ['cafe']},
);
test.serial(
	'12 digits are enough for a container of the legacy builder',
	plans,
	{
		ledger: [{kind: 'container', engine, id: 'cafecafecafe', stepId: null}],
		images: [base],
		containers: [container('cafecafecafe99', 'ba')],
	},
	{containers: ['cafecafecafe99']},
);
test.serial(
	'a cut ID names nothing',
	plans,
	{
		ledger: [
			{kind: 'container', engine, id: '', stepId: null},
			{kind: 'image', engine, id: 'sha256:'},
		],
		images: [base],
		containers: [container('theirs', 'ba')],
	},
	{},
);

test.serial(
	'containers of a base image are the learner’s, running, stopped or created',
	plans,
	{
		ledger: build,
		images: [base, built],
		containers: [
			container('up', 'ba'),
			container('down', 'ba', 'exited'),
			container('never', 'ba', 'created'),
		],
	},
	{names: ['simple:latest'], images: ['b1']},
);
test.serial(
	'an intermediate image with nothing but its base’s layers claims nothing',
	plans,
	{
		ledger: [made('1e'), ...build],
		images: [base, image('1e', [], ['root']), built],
		containers: [container('theirs', 'ba'), container('app', 'aa')],
	},
	{names: ['simple:latest'], images: ['b1', '1e']},
);
test.serial(
	'nor when its base has gone',
	plans,
	{
		ledger: [made('1e'), ...build],
		images: [image('1e', [], ['root']), built, image('aa', ['app:latest'], ['root', 'app'])],
		containers: [container('app', 'aa')],
	},
	{names: ['simple:latest'], images: ['b1', '1e']},
);
test.serial(
	'a container of an image that is built on ours is ours, the image is not',
	plans,
	{ledger: build, images: [base, built, derived], containers: [container('lab', 'de')]},
	{containers: ['lab'], names: ['simple:latest'], images: ['b1']},
);
test.serial(
	'an image of the learner’s with the same layers claims its containers',
	plans,
	{
		ledger: build,
		images: [base, built, image('50', ['mine:latest'], ['root', 'b1'])],
		containers: [container('theirs', '50')],
	},
	{names: ['simple:latest'], images: ['b1'], kept: ['container theirs']},
);
test.serial(
	'and those of what is built on it',
	plans,
	{
		ledger: build,
		images: [base, built, image('50', ['mine:latest'], ['root', 'b1']), derived],
		containers: [container('app', 'de')],
	},
	{names: ['simple:latest'], images: ['b1']},
);
test.serial(
	'an image without layers claims nothing',
	plans,
	{
		ledger: build,
		images: [image('b1', ['simple:latest'], []), base],
		containers: [container('theirs', 'ba')],
	},
	{names: ['simple:latest'], images: ['b1']},
);

test.serial(
	'what has gone needs nothing any more',
	plans,
	{
		ledger: [...build, gone('b1')],
		images: [image('b1', ['simple:latest'])],
		containers: [container('theirs', 'b1')],
	},
	{},
);
test.serial(
	'what was made again after it had gone is ours again',
	plans,
	{ledger: [...build, gone('b1'), ...build], images: [built]},
	{names: ['simple:latest'], images: ['b1']},
);
test.serial(
	'a name can go without its image',
	plans,
	{ledger: [...build, {kind: 'gone', engine, id: 'simple:latest'}], images: [image('b1', ['simple:latest'])]},
	{kept: ['image simple:latest']},
);
test.serial(
	'newer images come before those they may be built on',
	plans,
	{ledger: [made('b1'), made('b2'), made('b3')], images: [image('b1'), image('b2'), image('b3')]},
	{images: ['b3', 'b2', 'b1']},
);
test.serial(
	'an image that two builds made is removed once',
	plans,
	{ledger: [made('b1'), made('b1')], images: [image('b1')]},
	{images: ['b1']},
);
