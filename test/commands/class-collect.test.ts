import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {writeHandIn} from '../../source/classroom/hand-in.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {createRandom} from '../tools/create-random.js';
import {deep} from '../tools/deep.js';
import {chainOf, classLog, createLearners, createSeatKey, type Learner, resultOf} from '../tools/results.js';
import {runHere} from '../tools/run-here.js';
import {writeFiles} from '../tools/write-files.js';

const endings = ['html', 'csv', 'json'];
const texts = (folder: string, name = 'class') =>
	endings.map(ending => readFileSync(path.join(folder, `${name}.${ending}`), 'utf8'));

const handInOf = ({key, name, results}: Learner) => writeHandIn(key, {name, results, answers: []});

/** Collects places, and returns the three files and what was said. */
const collect = async (...places: string[]) => {
	const cwd = temporaryFolder();
	const result = await runHere(['class', 'collect', ...places], {cwd});
	return {...result, texts: existsSync(path.join(cwd, 'class.json')) ? texts(cwd) : []};
};

/** A folder with these files, by name. */
const folderWith = (files: Record<string, string>): string => {
	const folder = temporaryFolder();
	writeFiles(folder, files);
	return folder;
};

test.serial(
	'the same bytes come of any order, and of files that are there twice or cut off as well',
	async t => {
		const random = createRandom(8);
		const learners = createLearners(deep(50, 1000), random);
		const files = learners.map((learner, index) => ({
			name: `${learner.name.replace(' ', '-')}-${index}.workshop.json`,
			text: handInOf(learner),
		}));
		const online = createLearners(deep(12, 90), random);
		const logs = [0, 1, 2].map(index => ({
			name: `class-${index}/log.jsonl`,
			// Some of them joined two classes, and some handed in as well.
			text: classLog([
				...online.filter((_, at) => at % 3 === index || at % 7 === 0),
				...learners.slice(0, 3),
			]),
		}));
		const all = [...files, ...logs];
		const first = await collect(folderWith(Object.fromEntries(all.map(({name, text}) => [name, text]))));
		t.is(first.exitCode, 0, first.stderr);
		t.is(JSON.parse(first.texts[2] ?? '').seats.length, learners.length + online.length);
		for (let round = 0; round < 3; round++) {
			const folders = [0, 1, 2, 3].map(() => temporaryFolder());
			const put = (name: string, text: string, depth: string) => {
				const place = path.join(folders[Math.floor(random() * folders.length)] ?? '', depth, name);
				mkdirSync(path.dirname(place), {recursive: true});
				writeFileSync(place, text);
			};
			let cut = 0;
			for (const {name, text} of [...all].sort(() => random() - 0.5)) {
				put(name, text, 'whole');
				if (random() < 0.3) put(name, text, 'again');
				if (random() < 0.3) {
					const from = text.indexOf('"results"');
					const end = from + Math.floor(random() * (text.length - from - 3));
					put(name, text.slice(0, end), 'cut');
					cut += name.endsWith('.workshop.json') ? 1 : 0;
				}
			}
			const mixed = await collect(...folders, folders[1] ?? '');
			t.deepEqual(mixed.texts, first.texts);
			t.is(mixed.exitCode, 1);
			t.is(mixed.stderr.match(/is cut off or damaged/g)?.length, cut);
		}
	},
);

const key = createSeatKey();
const results = chainOf(key, [
	resultOf({step: 'first-build'}),
	resultOf({step: 'lab-port', verdict: 'failed', finding: 'not-published'}),
	resultOf({step: 'lab-port', attempts: 4}),
]);
const whole = writeHandIn(key, {name: 'Ada', results, answers: []});

for (const [what, {files, says, seats}] of Object.entries<{
	files: Record<string, string>;
	says: RegExp;
	/** The number of entries of each seat. */
	seats: number[];
}>({
	'an altered result': {
		files: {'ada.workshop.json': whole.replace('"failed"', '"passed"')},
		says: /^ada\.workshop\.json: result 2 was changed;/,
		seats: [1],
	},
	'an altered name': {
		files: {'ada.workshop.json': whole.replace('"Ada"', '"Eve"')},
		says: /^ada\.workshop\.json: the name, an answer or the number of results was changed/,
		seats: [3],
	},
	'a file that is cut off, and whole nowhere': {
		files: {'ada.workshop.json': whole.slice(0, whole.indexOf('"number":3'))},
		says: /^ada\.workshop\.json: the file is cut off or damaged after result 2;/,
		seats: [2],
	},
	'another document': {
		files: {'ada.workshop.json': '{}'},
		says: /^ada\.workshop\.json: this is not a hand-in file as/,
		seats: [],
	},
	'a damaged line in the log of a class': {
		files: {'class/log.jsonl': `${classLog([{key, name: 'Ada', results}]).replace('\n', '\nnonsense\n')}`},
		says: /^class\/log\.jsonl: line 2 is damaged/,
		seats: [3],
	},
	'an altered result in the log of a class': {
		files: {
			'class/log.jsonl': classLog([{key, name: 'Ada', results}]).replace('"attempts":4', '"attempts":1'),
		},
		says: /^class\/log\.jsonl: result 3 of seat [0-9a-f]{8} was changed/,
		seats: [2],
	},
	'results of a seat that never joined': {
		files: {
			'class/log.jsonl': classLog([{key, name: 'Ada', results}])
				.split('\n')
				.slice(1)
				.join('\n'),
		},
		says: /^class\/log\.jsonl: the key of seat [0-9a-f]{8} is missing/,
		seats: [],
	},
})) {
	test.serial(`${what} is named, in the documents too`, async t => {
		const {exitCode, stderr, texts: written} = await collect(folderWith(files));
		t.is(exitCode, 1);
		t.regex(stderr, says);
		const [html = '', , json = ''] = written;
		t.deepEqual(
			JSON.parse(json).seats.map(({entries}: {entries: number}) => entries),
			seats,
		);
		t.is(JSON.parse(json).problems.length, 1);
		t.true(html.includes(stderr.split('\n')[0]?.replaceAll('`', '`') ?? ''), html.slice(-1500));
	});
}

test.serial('a torn last line of a log was never acknowledged, and is no problem', async t => {
	const log = classLog([{key, name: 'Ada', results}]);
	const {exitCode, stderr} = await collect(folderWith({'class/log.jsonl': `${log}{"kind":"rep`}));
	t.is(stderr, '');
	t.is(exitCode, 0);
});

test.serial('a pass stays, and two chains of one key that contradict each other are told', async t => {
	const other = chainOf(key, [resultOf({step: 'first-build', verdict: 'failed', finding: 'failed'})]);
	const {texts: written} = await collect(
		folderWith({
			'a.workshop.json': whole,
			'b.workshop.json': writeHandIn(key, {name: 'Ada', results: other, answers: []}),
		}),
	);
	const [seat] = JSON.parse(written[2] ?? '').seats;
	t.true(seat.isForked);
	t.deepEqual(
		seat.workshops[0].steps.map(
			({step, verdict, attempts}: {step: string; verdict: string; attempts: number}) => [
				step,
				verdict,
				attempts,
			],
		),
		[
			['lab-port', 'passed', 4],
			['first-build', 'passed', 1],
		],
	);
	t.regex(written[0] ?? '', /two chains of results of Ada/);
});

const names = ['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '<script>alert(1)</script>', 'O"Neil, A.'];

test.serial('a name is no formula in the table, and no markup on the page', async t => {
	const files = names.map((name, index) => {
		const one = createSeatKey();
		const text = writeHandIn(one, {name, results: chainOf(one, [resultOf()]), answers: []});
		return [`${index}.workshop.json`, text];
	});
	const {exitCode, texts: written} = await collect(folderWith(Object.fromEntries(files)));
	t.is(exitCode, 0);
	const [html = '', csv = ''] = written;
	const cells = csv
		.split('\r\n')
		.slice(1, -1)
		.map(row => row.slice(0, row.indexOf('",') + 1));
	t.deepEqual(
		cells.sort(),
		[
			'"\'=HYPERLINK(""http://x"")"',
			'"\'+1"',
			'"\'-1"',
			'"\'@SUM(A1)"',
			'"<script>alert(1)</script>"',
			'"O""Neil, A."',
		].sort(),
	);
	t.false(html.includes('<script'));
	t.true(html.includes('&#x3C;script>alert(1)'));
});

test.serial('a name with a terminal sequence is refused, as the program never writes one', async t => {
	const text = writeHandIn(key, {name: '\u001B[2JAda', results, answers: []});
	const {stderr, stdout} = await collect(folderWith({'a.workshop.json': text}));
	t.regex(stderr, /not a hand-in file/);
	t.false(`${stderr}${stdout}`.includes('\u001B'));
});

test.serial('--report names the three files, and --json prints the document', async t => {
	const cwd = temporaryFolder();
	const folder = folderWith({'a.workshop.json': whole});
	const report = path.join(cwd, 'monday.html');
	const {exitCode, stdout} = await runHere(['class', 'collect', folder, '--report', report, '--json'], {cwd});
	t.is(exitCode, 0);
	t.deepEqual(JSON.parse(stdout), JSON.parse(texts(cwd, 'monday')[2] ?? ''));
	const printed = await runHere(['class', 'collect', folder, '--json'], {cwd});
	t.is(printed.stdout, stdout);
	t.false(existsSync(path.join(cwd, 'class.json')));
});

for (const [what, {args, files = {}, says}] of Object.entries<{
	args: string[];
	files?: Record<string, string>;
	says: RegExp;
}>({
	'without a folder': {args: [], says: /`class collect` needs a folder/},
	'with a folder that has nothing': {args: ['.'], says: /There is no hand-in file \(\*\.workshop\.json\)/},
	'into a Markdown file': {args: ['.', '--report', 'a.md'], says: /writes an \.html file/},
	'into the folder of a kept class': {
		args: ['.'],
		files: {'class.json': '{}', 'log.jsonl': classLog([{key, name: 'Ada', results}])},
		says: /class\.json belongs to a kept class/,
	},
})) {
	test.serial(`collecting ${what} is refused, and nothing is written`, async t => {
		const cwd = folderWith(files);
		const {exitCode, stderr} = await runHere(['class', 'collect', ...args], {cwd});
		t.is(exitCode, 2);
		t.regex(stderr, says);
		t.false(existsSync(path.join(cwd, 'class.html')));
		for (const [name, text] of Object.entries(files)) t.is(readFileSync(path.join(cwd, name), 'utf8'), text);
	});
}
