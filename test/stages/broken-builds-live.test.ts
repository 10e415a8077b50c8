import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {execa} from 'execa';
import {engineTest, everyEngine} from '../engine/engines.js';
import type {TestEngine} from '../engine/test-engine.js';
import {brokenBuilds} from './broken/broken-builds.js';
import type {BrokenBuild} from './broken/create-table.js';
import {bytesOf, type Captured, explain, fileOf, type Printed} from './broken/read-broken.js';

type Builder = Captured['builder'];

/** Runs a build in a folder of its own. */
const run = async (
	{files, words}: BrokenBuild,
	engine: TestEngine,
	environment: Record<string, string>,
): Promise<Printed> => {
	const folder = mkdtempSync(path.join(tmpdir(), 'broken-'));
	try {
		for (const [file, text] of Object.entries(files)) {
			mkdirSync(path.join(folder, 'app', path.dirname(file)), {recursive: true});
			writeFileSync(path.join(folder, 'app', file), bytesOf(text));
		}
		const isWhole = words.includes('app') && !words.includes('--no-cache=maybe');
		const {stdout, stderr, exitCode} = await execa(
			'docker',
			['build', ...(isWhole ? ['--no-cache'] : []), ...words],
			{
				cwd: folder,
				env: {...engine.env, ...environment, DOCKER_CLI_HINTS: 'false'},
				reject: false,
				stdin: 'ignore',
				stripFinalNewline: false,
			},
		);
		return {
			stdout: stdout.replaceAll(folder, '/home/learner/lab'),
			stderr: stderr.replaceAll(folder, '/home/learner/lab'),
			exitCode: exitCode ?? -1,
		};
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
};

/** Whether the engine knows what the build is about. */
const knows = ({name}: BrokenBuild, engine: TestEngine, builder: Builder): boolean =>
	!(name.startsWith('check') && builder === 'buildkit' && ['20', '26'].includes(engine.name));

engineTest(
	'what breaks a build is said as the engine prints it',
	async (t, engine) => {
		for (const build of brokenBuilds.filter(({isLive}) => isLive)) {
			const judge = async (builder: Builder) => {
				const format = builder === 'legacy' ? 'legacy' : engine.name === '20' ? 'plain' : 'rawjson';
				const printed = await run(build, engine, {
					DOCKER_BUILDKIT: builder === 'legacy' ? '0' : '1',
					...(format !== 'legacy' && {BUILDKIT_PROGRESS: format}),
				});
				const expected = knows(build, engine, builder) ? build.says[builder] : null;
				t.is(explain(build, format, printed).cause, expected, `${build.name}, ${builder}\n${printed.stderr}`);
			};
			await Promise.all([judge('buildkit'), judge('legacy')]);
		}
	},
	everyEngine,
);

// `UPDATE_BROKEN_BUILDS=1`, with 20, 26 and 28c up, writes down what they print: all of it of 26, of the others what is live.
if (process.env.UPDATE_BROKEN_BUILDS === '1') {
	engineTest(
		'what engines print of broken builds is written down',
		async (t, engine) => {
			const lines: string[] = [];
			const anonymous = (text: string) =>
				text
					.replaceAll(engine.env.DOCKER_HOST, 'unix:///var/run/docker.sock')
					.replaceAll(/\/\S*\/run\/[^/\s]+\/data\//g, '/var/lib/docker/');
			for (const build of brokenBuilds.filter(({isLive}) => isLive || engine.name === '26')) {
				for (const builder of ['buildkit', 'legacy'] as const) {
					const {stdout, stderr, exitCode} = await run(build, engine, {
						DOCKER_BUILDKIT: builder === 'legacy' ? '0' : '1',
						BUILDKIT_PROGRESS: 'plain',
					});
					lines.push(
						JSON.stringify({
							name: build.name,
							builder,
							stdout: anonymous(stdout),
							stderr: anonymous(stderr),
							exitCode,
						}),
					);
				}
			}
			mkdirSync(path.dirname(fileOf(engine.name)), {recursive: true});
			writeFileSync(fileOf(engine.name), `${lines.join('\n')}\n`);
			t.true(lines.length > 0);
		},
		everyEngine,
	);
}
