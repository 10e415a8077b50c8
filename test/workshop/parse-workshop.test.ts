import {readdirSync, readFileSync} from 'node:fs';
import test from 'ava';
import {toString as textOf} from 'mdast-util-to-string';
import {parseWorkshop} from '../../source/workshop/parse-workshop.js';

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

const problemOf = test.macro((t, files: Record<string, string>, expected: string) => {
	const {workshop, problems} = parseWorkshop(new Map(Object.entries(files)));
	const [first] = problems;
	t.is(first && `${first.file}:${first.line}:${first.column} ${first.message}`, expected);
	t.is(workshop, null);
});
const withChapter = (chapter: string) => ({'workshop.md': cover, '01-a.md': chapter});

test(
	'no front matter',
	problemOf,
	{'workshop.md': 'Hi', '01-a.md': step('id: a\nkind: read')},
	'workshop.md:1:1 must begin with front matter: YAML between two lines of `---`',
);
test(
	'no chapter',
	problemOf,
	{'workshop.md': cover},
	'workshop.md:1:1 there is no chapter: a file such as `01-first.md`',
);
test(
	'a context outside of the folder',
	problemOf,
	{'workshop.md': cover.replace('[app]', '[../app]'), '01-a.md': step('id: a\nkind: read')},
	'workshop.md:7:12 contexts.0: must stay inside the folder',
);
test(
	'a step without its comment',
	problemOf,
	withChapter('# T\n\n## Do it\n\nText.'),
	'01-a.md:3:1 a `<!-- step … -->` comment must stand right below the title of a step',
);
test(
	'an unknown key',
	problemOf,
	withChapter(step('id: a\nkind: read\ncolour: red')),
	'01-a.md:8:1 colour: Invalid key: Expected never but received "colour"',
);
test(
	'an unknown kind',
	problemOf,
	withChapter(step('id: a\nkind: watch')),
	'01-a.md:7:1 kind: Invalid type: Expected ("read" | "run" | "builder" | "challenge") but received "watch"',
);
test(
	'broken YAML',
	problemOf,
	withChapter(step('id: [a\nkind: read')),
	'01-a.md:7:1 Flow sequence in block collection must be sufficiently indented and end with a ]',
);
test(
	'a check without its sentence',
	problemOf,
	withChapter(step('id: a\nkind: run\nchecks:\n  - {check: exit, is: 0, finding: failed}')),
	'01-a.md:9:5 checks.0.hint: Invalid key: Expected "hint" but received undefined',
);
test(
	'two commands in a step',
	problemOf,
	withChapter(step('id: a\nkind: run', '```sh run\na\n```\n\n```sh run\nb\n```')),
	'01-a.md:14:1 a step has at most one command',
);
test(
	'an id that is taken',
	problemOf,
	{...withChapter(step('id: a\nkind: read')), '02-b.md': step('id: a\nkind: read')},
	'02-b.md:3:1 the step id `a` is taken at 01-a.md:3',
);
test(
	'a need that is no earlier step',
	problemOf,
	withChapter(step('id: a\nkind: run\nneeds: [b]')),
	'01-a.md:3:1 needs `b`, which is no step before this one',
);
test(
	'a capture that is no regular expression',
	problemOf,
	withChapter(step("id: a\nkind: run\ncapture: {port: '('}")),
	'01-a.md:8:11 capture.port: must be a regular expression with one group',
);
test(
	'aliases in YAML, which can blow up',
	problemOf,
	withChapter(step('id: a\nkind: run\nneeds: &x [b]\ncapture: *x')),
	'01-a.md:5:1 Alias resolution is disabled',
);

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
			...steps.map(step => `${step.id}: ${step.kind}${step.builder ? `, ${step.builder}` : ''}`),
		]),
		[
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
				'go-application',
				'read-whoami: read',
				'build-whoami: run',
				'pull-golang: run',
				'compare-sizes: run',
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
			'docker build -t whoami ./whoami',
			'docker pull golang:1.16.4-alpine',
			'docker image ls -f reference=whoami -f reference=golang',
			'docker run -d -P --name whoami1 whoami',
			'docker port whoami1',
			'curl localhost:{{port}}',
		],
	);
});
