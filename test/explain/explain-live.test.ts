import {existsSync, mkdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {execa} from 'execa';
import {createRawjsonParser} from '../../source/stages/parsers/parse-rawjson.js';
import {engineTests} from '../engine/engines.js';
import type {TestEngine} from '../engine/test-engine.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {createRandom} from '../tools/create-random.js';
import {deep, isDeep, sampleOf} from '../tools/deep.js';
import {runHere} from '../tools/run-here.js';
import {writeFiles} from '../tools/write-files.js';
import {ignoreCases} from './ignore-cases.js';
import {createRandomProject, edits, type RandomProject} from './random-project.js';

/** More of them are tried by `EXPLAIN_EDITS=1000`, others by `EXPLAIN_SEED=7`. */
const count = Number(process.env.EXPLAIN_EDITS ?? deep(12, 200));
const seed = Number(process.env.EXPLAIN_SEED ?? 2026);

/** Edits of one test: each holds the engine for about a minute. */
const editsOfOne = 20;

type Foreseen = {stage: string; line: number; text: string; status: 'cached' | 'runs' | 'depends'};

/** Runs a build, and tells of each instruction whether it came from the cache: by stage, in their order. */
const build = async (project: RandomProject, engine: TestEngine): Promise<Map<string, boolean[]>> => {
	const {stderr} = await execa(
		'docker',
		['build', '--progress=rawjson', ...buildOptions(project), project.folder],
		{
			env: {...engine.env, DOCKER_BUILDKIT: '1'},
			encoding: 'buffer',
		},
	);
	const parser = createRawjsonParser();
	const names = new Map<string, string>();
	const cached = new Set<string>();
	for (const event of [...parser.push('stderr', stderr, 0), ...parser.end()]) {
		if (event.event === 'listed' || event.event === 'began') names.set(event.id, event.name);
		if (event.event === 'cached') cached.add(event.id);
	}
	const stages = new Map<string, boolean[]>();
	for (const [id, name] of names) {
		const [, stage, number, keyword] = /^\[(s\d+) +(\d+)\/\d+\] (\w+)/.exec(name) ?? [];
		if (stage === undefined || keyword === 'FROM') continue;
		const own = stages.get(stage) ?? [];
		own[Number(number)] = cached.has(id);
		stages.set(stage, own);
	}
	return new Map([...stages].map(([stage, own]) => [stage, own.filter(() => true)]));
};

const buildOptions = ({target, args}: RandomProject): string[] => [
	...(target === null ? [] : ['--target', target]),
	...Object.entries(args).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
];

/** Gives the base image of a project what its version says. */
const buildBase = async (
	{baseImage, baseVersion}: Pick<RandomProject, 'baseImage' | 'baseVersion'>,
	engine: TestEngine,
): Promise<void> => {
	const folder = temporaryFolder();
	writeFiles(folder, {
		Dockerfile: 'FROM alpine:3.13\nCOPY version /\n',
		version: `${baseImage} ${baseVersion}`,
	});
	await engine.docker('build', '-q', '-t', baseImage, folder);
};

/** What is foreseen otherwise than it came, and of how many instructions only the build could tell. */
const compare = (
	foreseen: Foreseen[],
	came: Map<string, boolean[]>,
): {wrong: string[]; sure: number; open: number} => {
	const wrong: string[] = [];
	let open = 0;
	const left = new Map([...came].map(([stage, own]) => [stage, [...own]]));
	for (const {stage, line, text, status} of foreseen) {
		const isCached = left.get(stage)?.shift();
		const place = `line ${line}, ${text}`;
		if (isCached === undefined) wrong.push(`${place}: BuildKit shows no such instruction`);
		else if (status === 'depends') open++;
		else if ((status === 'cached') !== isCached)
			wrong.push(`${place}: ${status}, but ${isCached ? 'cached' : 'run'}`);
	}
	for (const [stage, own] of left)
		if (own.length > 0) wrong.push(`${stage}: ${own.length} more instructions`);
	return {wrong, sure: foreseen.length - open, open};
};

const kinds = Object.keys(edits);

/** Foresees a build after an edit, then builds. */
const tryEdit = async (number: number, engine: TestEngine) => {
	const random = createRandom(seed * 1000 + number + 1);
	const folder = path.join(temporaryFolder(), 'context');
	mkdirSync(folder);
	const project = createRandomProject(folder, number, random);
	const home = temporaryFolder();
	const explain = async (): Promise<Foreseen[] | null> => {
		const {stdout, stderr, exitCode} = await runHere(
			['explain', project.folder, ...buildOptions(project), '--json'],
			{
				home,
				env: engine.env,
			},
		);
		if (exitCode !== 0) throw new Error(stderr);
		return JSON.parse(stdout).cache.foreseen;
	};
	const kind = kinds[number % kinds.length] ?? '';
	await buildBase(project, engine);
	await build(project, engine);
	await explain();
	edits[kind]?.(project, `${kind.replaceAll(' ', '-')}-${number}`, random);
	if (kind === 'base image') await buildBase(project, engine);
	const foreseen = await explain();
	const {wrong, sure, open} = compare(foreseen ?? [], await build(project, engine));
	const ran = (foreseen ?? []).filter(({status}) => status === 'runs').length;
	const text = readFileSync(path.join(folder, 'Dockerfile'), 'utf8');
	return {sure, open, ran, wrong: wrong.map(line => `edit ${number}, ${kind}: ${line}\n${text}`)};
};

/** What a build with these rules and files leaves out of the files. */
const findIgnored = async (rules: string, files: string[], engine: TestEngine): Promise<string[]> => {
	const folder = temporaryFolder();
	const texts = Object.fromEntries(files.map(file => [file, '']));
	writeFiles(folder, {...texts, Dockerfile: 'FROM scratch\nCOPY . /\n', 'Dockerfile.dockerignore': rules});
	const made = temporaryFolder();
	await execa('docker', ['build', '-q', '-o', made, folder], {env: {...engine.env, DOCKER_BUILDKIT: '1'}});
	return files.filter(file => !existsSync(path.join(made, file)));
};

engineTests(
	engineTest => {
		engineTest('each pattern of a .dockerignore means what it means here', async (t, engine) => {
			for (const [rules, file, isIgnored] of sampleOf(ignoreCases, 10))
				t.deepEqual(
					await findIgnored(rules, [file, 'other/file'], engine).then(found => found.includes(file)),
					isIgnored,
					`${JSON.stringify(rules)} ${file}`,
				);
		});

		engineTest('a base image that was replaced is named with its IDs', async (t, engine) => {
			const folder = temporaryFolder();
			writeFiles(folder, {Dockerfile: 'FROM explain-base:0 AS only\nRUN true\n'});
			const home = temporaryFolder();
			const explain = async () => (await runHere(['explain', folder], {home, env: engine.env})).stdout;
			const baseId = async (baseVersion: number): Promise<string> => {
				await buildBase({baseImage: 'explain-base:0', baseVersion}, engine);
				const id = await engine.docker('image', 'inspect', '--format', '{{.Id}}', 'explain-base:0');
				return id.replace('sha256:', '').slice(0, 12);
			};
			const before = await baseId(1);
			await explain();
			const now = await baseId(2);
			const said = await explain();
			t.true(
				said.includes(`the base image is explain-base:0 (${now}), and was explain-base:0 (${before})`),
				said,
			);
			t.notRegex(await explain(), /runs again|No engine answers/);
		});

		for (let from = 0; from < count; from += editsOfOne) {
			const numbers = Array.from({length: Math.min(editsOfOne, count - from)}, (_, index) => from + index);
			const title = `what runs again after edits ${from + 1} to ${from + numbers.length} is foreseen`;
			engineTest(title, async (t, engine) => {
				t.timeout(480_000);
				const sums = {sure: 0, open: 0, ran: 0};
				for (const number of numbers) {
					const {wrong, sure, open, ran} = await tryEdit(number, engine);
					t.deepEqual(wrong, []);
					sums.sure += sure;
					sums.open += open;
					sums.ran += ran;
				}
				t.log(sums);
			});
		}
	},
	isDeep ? ['26', '28', '28c'] : ['26'],
);
