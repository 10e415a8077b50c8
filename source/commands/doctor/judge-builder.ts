import type {DockerAnswer} from '../../engine/run-docker.js';
import {failed, type Judgement, passed, unknown} from './judgement.js';
import {readBuilder} from './read-builder.js';
import type {Cli, Reading} from './reading.js';

/**
 * Is the builder that the workshop's builds take the engine's own? `own`: what `docker buildx inspect` printed about it,
 * null without an engine; `selected`: about the builder of other terminals, which is passed over. `context`: the one in
 * force, whose name buildx gives to the engine's own builder.
 */
export const judgeBuilder = (
	{value: cli}: Reading<Cli>,
	{
		own,
		selected,
		context,
	}: {own: Reading<DockerAnswer> | null; selected: Reading<DockerAnswer>; context: string},
): Judgement => {
	if (!cli) return unknown('No docker command answers that could be asked.');
	if (!cli.buildx) return passed('There is no other builder than the engine’s own.');
	if (!own?.value) return unknown('Builds go to the engine’s own builder, and no engine answers.');
	if (own.value.exitCode === null)
		return unknown(
			`The plugin buildx does not say what the builder ${context} is.`,
			'see what `docker buildx ls` says',
		);
	const {name, driver} = readBuilder(own.value.stdout);
	if (own.value.exitCode !== 0 || !name || !driver)
		return failed(
			`The engine’s own builder ${context} can’t be used: ${own.value.stderr.trim() || 'no reason given'}.`,
			'see what `docker buildx ls` says',
		);
	// buildx takes a builder before a context of the same name, and reads names of builders in lower case.
	if (driver !== 'docker')
		return failed(
			`A builder called ${name}, which builds by ${driver}, hides the engine’s own builder of the context \`${context}\`.`,
			`remove it with \`docker buildx rm ${name}\`, or rename the context`,
		);
	return passed(`Builds go to the engine’s own builder ${name}.${passedOver(selected.value)}`);
};

/** What to know about another builder that is selected; empty when none is. */
const passedOver = (selected: DockerAnswer | null): string => {
	if (!selected || selected.exitCode === null) return '';
	const {name, driver} = readBuilder(selected.stdout);
	if (selected.exitCode !== 0)
		return ` The workshop passes over the builder that is selected in your terminal, which can’t be used: ${selected.stderr.trim().replace(/\.$/, '')}.`;
	return !driver || driver === 'docker'
		? ''
		: ` The workshop passes over the builder ${name}, which is selected in your terminal and builds by ${driver}: what you build with it does not become an image of your engine.`;
};
