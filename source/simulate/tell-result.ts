import type {PublishedPort} from '../checks/model.js';
import type {Simulated, SimulatedContainer, SimulatedEngine} from './model.js';

/** What a command that was read would have done, in whole sentences for the learner. */
export const tellResult = (
	before: SimulatedEngine,
	{engine, stdout, stderr, unclear}: Simulated,
): string[] => {
	if (unclear !== null) return [unclear];
	const made = engine.containers.filter(({fact}) => !before.containers.some(one => one.fact.id === fact.id));
	const said = stderr.trimEnd();
	// A new container's ID is all that Docker would print, and there is no such container.
	const printed = made.length > 0 ? '' : stdout.trimEnd();
	return [
		...made.flatMap(tellContainer),
		...(said === '' ? [] : ['Docker would say:', ...indent(said)]),
		...(printed === '' ? [] : ['Docker would print:', ...indent(printed)]),
	];
};

/** Line by line: a pane cuts long ones. */
const tellContainer = ({fact, listening}: SimulatedContainer): string[] => {
	const there = `There would be a container ${fact.name}, ${fact.state}.`;
	if (fact.state !== 'running') return [there];
	const doors = [...new Set(fact.published.map(tellDoor))];
	return [
		there,
		...(listening === null ? [] : [`It would listen on port ${listening}.`]),
		doors.length > 0 ? `Published: ${doors.join(', ')}.` : 'Nothing is published.',
	];
};

const tellDoor = ({hostPort, containerPort, protocol}: PublishedPort): string =>
	`host port ${hostPort} to ${containerPort}/${protocol}`;

const indent = (text: string): string[] => text.split('\n').map(line => `  ${line}`);
