import {checkBuilder} from '../../session/perform/check-builder.js';
import {planArgv} from '../../session/perform/plan-run.js';
import {failed, type Judgement, passed, unknown} from './judgement.js';
import type {Cli, Reading} from './reading.js';

/** Can the CLI build with BuildKit, and does it tell what every stage does at the moment? */
export const judgeBuildKit = ({value: cli}: Reading<Cli>): Judgement => {
	if (!cli) return unknown('No docker command answers that could build.');
	const {verdict, reason, next} = checkBuilder('buildkit', cli);
	if (verdict !== 'passed') return failed(reason, next?.replace(', then run this step again', '') ?? null);
	const name = cli.buildx ? `buildx ${cli.buildx}` : `the docker CLI ${cli.version}, which has it inside`;
	return planArgv(['docker', 'build', '.'], 'buildkit', cli).build?.format === 'rawjson'
		? passed(`BuildKit is there, with ${name}.`)
		: passed(
				`BuildKit is there, with ${name}. It prints stages that run at the same time in bursts; buildx 0.13 or newer tells line by line.`,
			);
};
