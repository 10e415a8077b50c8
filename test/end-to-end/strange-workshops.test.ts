import {execFileSync} from 'node:child_process';
import {
	appendFileSync,
	mkdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {temporaryFolder} from '../tools/child-environment.js';
import {isDeep} from '../tools/deep.js';
import {runHere} from '../tools/run-here.js';
import {soundWorkshop} from '../tools/sound-workshop.js';
import {writeFiles} from '../tools/write-files.js';

type Command = 'list' | 'lint' | 'replay';

/** Something in a folder that no author writes, and what each command says of it; null: it is none of its business. */
type Strange = {
	what: string;
	make(folder: string): void;
	list: RegExp | null;
	lint: RegExp | null;
	replay: RegExp | null;
};

const put = (file: string, text: string) => (folder: string) => {
	mkdirSync(path.dirname(path.join(folder, file)), {recursive: true});
	writeFileSync(path.join(folder, file), text);
};
const insert = (file: string, from: string, to: string) => (folder: string) => {
	const text = readFileSync(path.join(folder, file), 'utf8');
	if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
	writeFileSync(
		path.join(folder, file),
		text.replace(from, () => to),
	);
};
const inPlace = (file: string, make: (target: string) => void) => (folder: string) => {
	rmSync(path.join(folder, file), {force: true, recursive: true});
	mkdirSync(path.dirname(path.join(folder, file)), {recursive: true});
	make(path.join(folder, file));
};
const fifo = (file: string) => inPlace(file, target => execFileSync('mkfifo', [target]));
const device = (file: string) => inPlace(file, target => symlinkSync('/dev/zero', target));
const huge = (file: string) => (folder: string) => {
	appendFileSync(path.join(folder, file), '');
	truncateSync(path.join(folder, file), 3 * 1024 ** 3);
};
const notUtf8 = (below: string) => (folder: string) =>
	writeFileSync(
		Buffer.concat([Buffer.from(`${path.join(folder, below)}/`), Buffer.from([0x61, 0xff, 0xfe])]),
		'x',
	);

const all = (says: RegExp): Pick<Strange, 'list' | 'lint' | 'replay'> => ({
	list: says,
	lint: says,
	replay: says,
});
const page = '01-first.md';
const recording = 'recordings/26/build-it.legacy.jsonl';
const tooDeep = all(/01-first\.md:\d+:1 opens 5000 quotes or lists inside each other: at most 20 are read/);
const hidden = /has the character U\+202E here, which makes text look like something else/;

const strange: Strange[] = [
	{
		what: 'a page of 3 GB',
		make: huge(page),
		...all(/01-first\.md.* it has 3\.22 GB, and at most 4\.19 MB are read/),
	},
	{
		what: 'a page that is a FIFO',
		make: fifo(page),
		list: /it is a FIFO, not a plain file/,
		lint: /01-first\.md:1:1 is not a file/,
		replay: /it is a FIFO/,
	},
	{
		what: 'a page that is a device',
		make: device(page),
		list: /it is a device, not a plain file/,
		lint: /is a link that leaves the folder/,
		replay: /it is a device/,
	},
	{
		what: '5,000 nested quotes',
		make: folder => appendFileSync(path.join(folder, page), `${'>'.repeat(5000)} deep\n`),
		...tooDeep,
	},
	{
		what: '5,000 nested lists',
		make: folder => appendFileSync(path.join(folder, page), `\n${'- '.repeat(5000)}deep\n`),
		...tooDeep,
	},
	{
		what: 'a list of 2,000 levels',
		make: folder =>
			appendFileSync(
				path.join(folder, page),
				Array.from({length: 2000}, (_, level) => `${'  '.repeat(level)}- deep`).join('\n'),
			),
		...all(/01-first\.md:\d+:1 is indented by 102 columns: at most 100 are read/),
	},
	{
		what: 'a step whose YAML is 5,000 lists deep',
		make: insert(page, 'kind: run', `kind: run\nneeds: ${'['.repeat(5000)}`),
		...all(/more than 500 opening brackets/),
	},
	{
		what: 'a front matter that is 5,000 lists deep',
		make: insert('workshop.md', 'minutes:', `x: ${'['.repeat(5000)}\nminutes:`),
		...all(/workshop\.md:\d+:1 there are more than 500 opening brackets/),
	},
	{
		what: 'a page of 2,000 pictures in pictures',
		make: folder => appendFileSync(path.join(folder, page), `${'!['.repeat(2000)}${'](a)'.repeat(2000)}`),
		...all(/more than 500 opening brackets/),
	},
	{
		what: 'a page of 40,000 stars',
		make: folder => appendFileSync(path.join(folder, page), '*a **b '.repeat(20_000)),
		...all(/more than 3000 characters such as/),
	},
	{
		what: 'a solution that is 5,000 lists deep',
		make: put('solutions/say-it/run.yaml', `finding: passed\ncommands: ${'['.repeat(5000)}`),
		list: null,
		lint: /solutions\/say-it\/run\.yaml:2:1 there are more than 500/,
		replay: null,
	},
	{
		what: 'a solution that is a FIFO',
		make: fifo('solutions/say-it/run.yaml'),
		list: /say-it\/run\.yaml/,
		lint: /run\.yaml:1:1 is not a file/,
		replay: null,
	},
	{
		what: 'a name that is not UTF-8, at the top',
		make: notUtf8('.'),
		list: /the name a.. in it is not UTF-8/,
		lint: /its name is not UTF-8/,
		replay: /is not UTF-8/,
	},
	{
		what: 'a name that is not UTF-8, in a context',
		make: notUtf8('app'),
		...all(/app\/a.*can’t be read: its name is not UTF-8/),
	},
	{
		what: 'a name that is not UTF-8, beside a solution',
		make: notUtf8('solutions/say-it'),
		...all(/its name is not UTF-8/),
	},
	{
		what: 'a name that turns around',
		make: put('app/a\u202Etxt.exe', 'x'),
		list: null,
		lint: /app\/a\\u\{202e\}txt\.exe:1:1 has an invisible character in its name/,
		replay: null,
	},
	{
		what: 'a name of two lines',
		make: put('app/a\n01-first.md:1:1 fine', 'x'),
		list: /line break/,
		lint: /app\/a\\u\{a\}01-first\.md:1:1 fine:1:1 has an invisible character in its name/,
		replay: null,
	},
	{
		what: 'a title that turns around',
		make: insert(page, '# First', '# First \u202E dnuor'),
		list: /First \\u\{202e\} dnuor/,
		lint: hidden,
		replay: null,
	},
	{
		what: 'a title of the workshop that clears the screen',
		make: insert('workshop.md', 'title: ', 'title: \u009B2J\u202E'),
		list: /\\u\{202e\}/,
		lint: /U\+009B|control/,
		replay: null,
	},
	{
		what: 'a file in the place of the recordings',
		make: inPlace('recordings', target => writeFileSync(target, 'x')),
		list: null,
		lint: /recordings:1:1 /,
		replay: /has no recordings to replay/,
	},
	{
		what: 'a file among the recordings',
		make: put('recordings/readme', 'x'),
		list: null,
		lint: /recordings\/readme:1:1 is a stray file/,
		replay: null,
	},
	{
		what: 'a recording that is a FIFO',
		make: fifo(recording),
		list: /legacy\.jsonl is not a plain file/,
		lint: /is not a file/,
		replay: /The recording .* is damaged/,
	},
	{
		what: 'a recording without anything in it',
		make: put(recording, '{}\n{}\n{}\n'),
		list: null,
		lint: /is not a recording/,
		replay: /The recording .* is damaged/,
	},
	{
		what: 'a recording with other facts',
		make: put(recording, '{"recording":1,"argv":[]}\n{"facts":[3]}\n'),
		list: null,
		lint: /was made with/,
		replay: /is damaged/,
	},
	{
		what: 'a file in the place of the solutions',
		make: inPlace('solutions', target => writeFileSync(target, 'x')),
		list: null,
		lint: /solutions/,
		replay: null,
	},
	{
		what: 'a file among the solutions',
		make: put('solutions/readme', 'x'),
		list: null,
		lint: /solutions\/readme/,
		replay: null,
	},
];

/** All commands, or one of those that say something: another one for each row. */
const isTried = (name: Command, says: Pick<Strange, Command>, row: number): boolean => {
	const telling = (['list', 'lint', 'replay'] as const).filter(command => says[command] !== null);
	return isDeep || name === telling[row % telling.length];
};

for (const [index, {what, make, ...says}] of strange.entries()) {
	test.serial(`${what}: each command says so in a sentence of its own`, async t => {
		const folder = path.join(temporaryFolder(), 'mine');
		writeFiles(folder, soundWorkshop);
		make(folder);
		const env = {PATH: '/nowhere'};
		for (const [name, args] of [
			['list', ['list', folder]],
			['lint', ['lint', folder]],
			['replay', ['run', '--workshop', folder, '--replay']],
		] as const) {
			if (!isTried(name, says, index)) continue;
			const {stdout, stderr, exitCode} = await runHere([...args], {env});
			const told = stdout + stderr;
			t.notRegex(told, /This is a bug|\n {4}at /, name);
			t.notRegex(told, /[\u202A-\u202E\u0080-\u009F]/, name);
			t.true([0, 1, 2, 3].includes(exitCode ?? -1), `${name} ends: ${exitCode}`);
			const expected = says[name];
			if (expected) t.regex(told, expected, name);
		}
	});
}
