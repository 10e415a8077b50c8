import type {DockerAnswer} from '../../engine/run-docker.js';
import {checkBuilder} from '../../session/perform/check-builder.js';
import {planArgv} from '../../session/perform/plan-run.js';
import {failed, type Judgement, passed, unknown} from './judgement.js';
import {lastLine} from './last-line.js';
import type {Cli, Reading} from './reading.js';

/**
 * Does the CLI build with BuildKit, and does it tell what every stage does at the moment? `build`: what it said to a
 * build from nothing, null without an engine.
 */
export const judgeBuildKit = ({value: cli}: Reading<Cli>, build: Reading<DockerAnswer> | null): Judgement => {
	if (!cli) return unknown('No docker command answers that could build.');
	const {verdict, reason, next} = checkBuilder('buildkit', cli);
	if (verdict !== 'passed') return failed(reason, next?.replace(', then run this step again', '') ?? null);
	if (!build?.value) return unknown('There is no engine that BuildKit could build on.');
	const {stderr, exitCode} = build.value;
	if (exitCode === null)
		return unknown('A tiny build with BuildKit does not come to its end.', 'look again in a while');
	if (exitCode !== 0) {
		const words = lastLine(stderr) ?? `it ended with exit code ${exitCode}`;
		return failed(
			`BuildKit does not build; the docker command says: ${words.replace(/^ERROR: /, '').replace(/\.$/, '')}.`,
			'see what `docker buildx ls` says, and whether `docker build` works in another folder',
		);
	}
	const name = cli.buildx ? `buildx ${cli.buildx}` : `the docker CLI ${cli.version}, which has it inside`;
	return planArgv(['docker', 'build', '.'], 'buildkit', cli).build?.format === 'rawjson'
		? passed(`BuildKit builds, with ${name}.`)
		: passed(
				`BuildKit builds, with ${name}. It prints stages that run at the same time in bursts; buildx 0.13 or newer tells line by line.`,
			);
};
