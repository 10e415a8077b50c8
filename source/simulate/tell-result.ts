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
		...made.map(tellContainer),
		...(said === '' ? [] : ['Docker would say:', ...indent(said)]),
		...(printed === '' ? [] : ['Docker would print:', ...indent(printed)]),
	];
};

const tellContainer = ({fact, listening}: SimulatedContainer): string => {
	const doors = [...new Set(fact.published.map(tellDoor))];
	const published = doors.length > 0 ? `; published: ${doors.join(', ')}` : '; nothing is published';
	const listens = listening === null ? '' : `; it would listen on port ${listening}`;
	return `There would be a container ${fact.name}, ${fact.state}${fact.state === 'running' ? listens + published : ''}.`;
};

const tellDoor = ({hostPort, containerPort, protocol}: PublishedPort): string =>
	`host port ${hostPort} to ${containerPort}/${protocol}`;

const indent = (text: string): string[] => text.split('\n').map(line => `  ${line}`);
