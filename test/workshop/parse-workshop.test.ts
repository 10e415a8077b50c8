import {readdirSync, readFileSync} from 'node:fs';
import test from 'ava';
import {toString as textOf} from 'mdast-util-to-string';
import {parseWorkshop} from '../../source/workshop/parse-workshop.js';
import {breaks, remove, replace, write} from './lint/breaks.js';

const cover = `---
format: 1
id: tiny
title: Tiny
minutes: 5
images: [alpine:3.13]
contexts: [app]
---
Hello.
`;
const step = (yaml: string, text = 'Text.') => `# Title\n\n## Do it\n\n<!-- step\n${yaml}\n-->\n\n${text}\n`;

test('a chapter gives its steps with command, text, hints and solution', t => {
	const chapter = step(
		'id: do-it\nkind: run\nchecks:\n  - {check: exit, is: 0, finding: failed, hint: It ended with an error.}',
		[
			'Some **text**.',
			'```sh run\ndocker run simple\n```',
			'<details><summary>Hint</summary>\n\nLook.\n\n</details>',
			'<details><summary>Hint</summary>\n<!-- for: failed -->\n\nRead.\n\n</details>',
			'<details><summary>Hint</summary>\n\n<!-- for: failed, other -->\n\nThink.\n\n</details>',
			'<details><summary>Solution</summary>\n\nThis.\n\n</details>',
		].join('\n\n'),
	);
	const {workshop, problems} = parseWorkshop(
		new Map([
			['workshop.md', cover],
			['01-first.md', chapter],
		]),
	);
	t.deepEqual(problems, []);
	const [first] = workshop?.chapters ?? [];
	const [only] = first?.steps ?? [];
	t.like(first, {id: 'first', title: 'Title'});
	t.like(only, {id: 'do-it', kind: 'run', title: 'Do it', command: 'docker run simple', line: 3});
	t.deepEqual(only?.checks, [{check: 'exit', is: 0, finding: 'failed', hint: 'It ended with an error.'}]);
	t.is(textOf(only?.body), 'Some text.');
	t.deepEqual(
		only?.hints.map(hint => textOf(hint)),
		['Look.'],
	);
	t.deepEqual(
		only?.fittingHints.map(({findings, content}) => [textOf(content), ...findings]),
		[
			['Read.', 'failed'],
			['Think.', 'failed', 'other'],
		],
	);
	t.is(textOf(only?.solution ?? null), 'This.');
});

test('keys with dashes are read in camel case', t => {
	const yaml =
		'id: lab\nkind: challenge\nchecks:\n  - {check: port-chain, image: whoami, forbidden-ports: [80], finding: chain, hint: No.}';
	const {workshop} = parseWorkshop(
		new Map([
			['workshop.md', cover],
			['01-a.md', step(yaml)],
		]),
	);
	t.like(workshop?.chapters[0]?.steps[0]?.checks[0], {check: 'port-chain', forbiddenPorts: [80]});
});

test('text between a chapter’s title and its first step is read with that step', t => {
	const chapter = step('id: a\nkind: read').replace('# Title', '# Title\n\nBefore.');
	const {workshop} = parseWorkshop(
		new Map([
			['workshop.md', cover],
			['01-a.md', chapter],
		]),
	);
	t.is(textOf(workshop?.chapters[0]?.steps[0]?.body ?? null, {includeHtml: false}), 'Before.Text.');
});

test(
	'no front matter',
	breaks,
	replace('workshop.md', '---\nformat', 'format'),
	'workshop.md:1:1 must begin with front matter: YAML between two lines of `---`',
);
test(
	'front matter that is no YAML',
	breaks,
	replace('workshop.md', '[app]', '[app'),
	'workshop.md:7:15 the closing `]` is missing here',
);
test(
	'a key of the front matter is missing',
	breaks,
	replace('workshop.md', 'minutes: 5\n', ''),
	'workshop.md:2:1 `minutes` is missing',
);
test(
	'an unknown key in the front matter',
	breaks,
	replace('workshop.md', 'minutes', 'author: me\nminutes'),
	'workshop.md:5:1 there is no key `author` here',
);
test(
	'a format of a later version',
	breaks,
	replace('workshop.md', 'format: 1', 'format: 2'),
	'workshop.md:2:1 `format` is 2, and this version of the program reads format 1: update the program',
);
test(
	'no title of the workshop',
	breaks,
	replace('workshop.md', 'A sound workshop', "''"),
	'workshop.md:4:1 `title` must not be empty',
);
test(
	'a workshop id in capitals',
	breaks,
	replace('workshop.md', 'id: sound', 'id: Sound'),
	'workshop.md:3:1 `id` must be lower-case words joined by dashes',
);
test(
	'minutes that are no number',
	breaks,
	replace('workshop.md', 'minutes: 5', 'minutes: five'),
	'workshop.md:5:1 `minutes` must be a number',
);
test(
	'a context that leaves the folder',
	breaks,
	replace('workshop.md', '[app]', '[app, ../web]'),
	'workshop.md:7:17 an item of `contexts` must stay inside the folder',
);
test(
	'aliases that blow up',
	breaks,
	replace('workshop.md', 'images: [alpine:3.13]', 'images: &a [x, x]\nmore: [*a, *a]'),
	'workshop.md:7:8 aliases are not read: write out what `*a` stands for',
);
test(
	'no chapter',
	breaks,
	folder => {
		for (const file of ['01-first.md', '02-second.md', 'solutions', 'attempts', 'recordings'])
			remove(file)(folder);
	},
	'workshop.md:1:1 there is no chapter: a file such as `01-first.md`',
);
test(
	'two chapters of one id',
	breaks,
	write('03-first.md', '# T\n\n## S\n\n<!-- step\nid: s\nkind: read\n-->\n'),
	'03-first.md:1:1 the chapter id `first` is already used by 01-first.md',
);

test('a workshop with a problem is none', t => {
	const files = {'workshop.md': cover, '01-a.md': step('id: a\nkind: watch')};
	const {workshop, problems} = parseWorkshop(new Map(Object.entries(files)));
	t.is(workshop, null);
	t.is(problems.length, 1);
});

const readShipped = () => {
	const folder = 'workshops/multi-stage';
	const files = new Map(
		readdirSync(folder)
			.filter(name => name.endsWith('.md'))
			.map(name => [name, readFileSync(`${folder}/${name}`, 'utf8')]),
	);
	return parseWorkshop(files);
};

test('the shipped workshop is read without a problem, with the steps of the contract', t => {
	const {workshop, problems} = readShipped();
	t.deepEqual(problems, []);
	t.deepEqual(
		workshop?.chapters.map(({id, steps}) => [
			id,
			...steps
				.filter(({optional, kind}) => !optional && kind !== 'question')
				.map(step => `${step.id}: ${step.kind}${step.builder ? `, ${step.builder}` : ''}`),
		]),
		[
			['why', 'build-why-single: run', 'build-why-multi: run', 'compare-why: run'],
			['reference', 'read-reference: read'],
			[
				'multi-stage-dockerfiles',
				'disable-buildkit: builder',
				'read-simple: read',
				'build-simple: run',
				'run-simple: run',
			],
			[
				'buildkit',
				'enable-buildkit: builder',
				'build-simple-buildkit: run',
				'run-simple-buildkit: run',
				'compare-images: run',
				'build-simple-test: run',
				'run-simple-test: run',
				'cat-build-txt: run',
				'build-parallel-legacy: run, legacy',
				'build-parallel-buildkit: run, buildkit',
			],
			[
				'your-own',
				'name-own-stage: challenge',
				'add-own-stage: challenge',
				'change-own-base: challenge',
				'build-server-tools: blank',
			],
			[
				'tests',
				'build-receipt: run',
				'test-receipt: blank',
				'mend-receipt: repair',
				'lint-stage: challenge, buildkit',
			],
			[
				'go-application',
				'read-whoami: read',
				'build-whoami: run',
				'pull-golang: run',
				'compare-sizes: run',
				'slim-whoami: challenge, buildkit',
				'run-whoami: run',
				'find-port: run',
				'curl-whoami: run',
			],
			['lab', 'lab-port: challenge'],
			['cleanup', 'cleanup: run'],
		],
	);
});

test('the shipped workshop has the commands of the contract', t => {
	t.deepEqual(
		readShipped().workshop?.chapters.flatMap(({steps}) => steps.flatMap(({command}) => command ?? [])),
		[
			'docker build -t server:single -f why/single.Dockerfile ./whoami',
			'docker build -t server:multi -f why/multi.Dockerfile ./whoami',
			'docker image ls -f reference=server',
			'export DOCKER_BUILDKIT=0',
			'docker build -t simple ./simple',
			'docker run simple',
			'export DOCKER_BUILDKIT=1',
			'docker build -t simple:buildkit ./simple',
			'docker run simple:buildkit',
			'docker image ls -f reference=simple',
			'docker build -t simple:test --target test ./simple',
			'docker run simple:test',
			'docker run simple:test cat /build.txt',
			'docker build --no-cache -t parallel:legacy ./parallel',
			'docker build --no-cache -t parallel:buildkit ./parallel',
			'docker build -t server:tools --target builder -f why/multi.Dockerfile ./whoami',
			'docker build -t receipt ./receipt',
			'docker build -t receipt:test --target test ./receipt',
			'docker build -t whoami ./whoami',
			'docker pull golang:1.16.4-alpine',
			'docker image ls -f reference=whoami -f reference=golang',
			'docker run -d -P --name whoami1 whoami',
			'docker port whoami1',
			'curl localhost:{{port}}',
		],
	);
});
