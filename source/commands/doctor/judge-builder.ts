import type {DockerAnswer} from '../../engine/run-docker.js';
import {failed, type Judgement, passed, unknown} from './judgement.js';
import type {Cli, Reading} from './reading.js';

/**
 * Which builder of buildx is selected? The workshop's own builds take `default` whatever it is, the learner's in other
 * terminals don't. `inspected`: what `docker buildx inspect` printed. `named`: the value of `BUILDX_BUILDER`.
 */
export const judgeBuilder = (
	{value: cli}: Reading<Cli>,
	{value: inspected}: Reading<DockerAnswer>,
	named: string | undefined,
): Judgement => {
	if (!cli || !inspected) return unknown('No docker command answers that could be asked.');
	if (!cli.buildx) return passed('There is no other builder than the engine’s own.');
	const {stdout, stderr, exitCode} = inspected;
	if (exitCode === null)
		return unknown(
			'The plugin buildx does not say which builder is selected.',
			'see what `docker buildx ls` says',
		);
	const name = /^Name:[ \t]+(\S+)/m.exec(stdout)?.[1];
	// Empty where the builder does not answer: the next line must not be taken for it.
	const driver = /^Driver:[ \t]+(\S+)/m.exec(stdout)?.[1];
	if (exitCode === 0 && name === 'default' && !driver)
		return unknown('The builder default is the engine’s own, and no engine answers.');
	if (exitCode !== 0 || !name || !driver) {
		return named
			? failed(
					`\`BUILDX_BUILDER\` names the builder ${named}, which can’t be used: ${stderr.trim() || 'no reason given'}. Builds in other terminals will fail.`,
					'unset BUILDX_BUILDER, or set it to `default`',
				)
			: failed(
					`The selected builder can’t be used: ${stderr.trim() || 'no reason given'}.`,
					'select the engine’s own: `docker buildx use default`',
				);
	}
	if (driver === 'docker') return passed(`The builder ${name} is the engine’s own.`);
	return failed(
		`The builder ${name} is selected, which builds by ${driver}: what you build in other terminals does not become an image of your engine.`,
		named
			? 'unset BUILDX_BUILDER, or set it to `default`'
			: 'select the engine’s own: `docker buildx use default`',
	);
};
