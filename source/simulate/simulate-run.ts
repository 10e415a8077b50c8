import type {DockerCommand} from '../docker/command.js';
import {imageName} from '../text/image-name.js';
import {findNamedContainer, findNamedImage} from './find-named.js';
import {done, refused, unclear} from './give-result.js';
import {makeContainer} from './make-container.js';
import type {Simulated, SimulatedEngine} from './model.js';
import {type RunAsked, readRun} from './read-run.js';
import {type Start, startContainer} from './start-container.js';

/** `docker run` and `docker create`. */
export const simulateRun = (engine: SimulatedEngine, command: DockerCommand): Simulated => {
	const {verb} = command;
	const asked = readRun(command);
	if ('refusal' in asked) return refused(engine, asked.refusal, asked.exitCode);
	if ('unclear' in asked) return unclear(engine, asked.unclear);
	const image = findNamedImage(engine, asked.image);
	if (!image) return missingImage(engine, verb, asked.image);
	if (!image.config) return unclear(engine, `What the image ${asked.image} starts can’t be told by reading.`);
	const name = asked.flags.last('name') ?? unusedName(engine);
	const nameTrouble = refusalOfName(engine, name);
	if (nameTrouble) return refused(engine, words(verb, `Error response from daemon: ${nameTrouble}.`), 125);
	const after = {...engine, made: engine.made + 1};
	const container = makeContainer(after, asked, image, name);
	const {fact} = container;
	if (fact.command.length === 0) {
		return refused(engine, words(verb, 'Error response from daemon: no command specified.'), 125);
	}
	if (/^container:(?![\da-f]{64}$)/.test(fact.networkMode)) {
		const owner = fact.networkMode.replace('container:', '');
		return refused(engine, words(verb, `Error response from daemon: No such container: ${owner}.`), 125);
	}
	if (verb === 'create') return done({...after, containers: [container, ...after.containers]}, fact.id);
	const begun = startContainer(container, after);
	return 'unclear' in begun ? unclear(engine, begun.unclear) : started(after, begun, asked);
};

/** What is there, and what is printed, once a container was started or could not start. */
const started = (
	engine: SimulatedEngine,
	{container, error, exitCode}: Exclude<Start, {unclear: string}>,
	{detached}: RunAsked,
): Simulated => {
	const {fact} = container;
	const isGone = container.removeAtEnd && fact.state !== 'running';
	const after = isGone ? engine : {...engine, containers: [container, ...engine.containers]};
	if (error !== null) {
		const said = `docker: Error response from daemon: ${error.replace(/\.$/, '')}.`;
		return {...refused(after, said, exitCode), stdout: detached ? `${fact.id}\n` : ''};
	}
	if (detached) return done(after, fact.id);
	return {...done(after), stderr: fact.lastLogLine ? `${fact.lastLogLine}\n` : '', exitCode: fact.exitCode};
};

/** A tag that is missing can't come from elsewhere when the workshop itself gave the image its name. */
const missingImage = (engine: SimulatedEngine, verb: string, name: string): Simulated => {
	const repository = name.replace(/[:@][^/]*$/, '');
	const isOurs = engine.images.some(
		({fact, source}) => source !== null && fact.tags.some(tag => tag.startsWith(`${repository}:`)),
	);
	if (!isOurs) {
		return unclear(
			engine,
			`There is no image ${name} here, and whether a registry has one can’t be told by reading.`,
		);
	}
	const full = imageName(name);
	const said = `pull access denied for ${repository}, repository does not exist or may require 'docker login'.`;
	return refused(
		engine,
		`Unable to find image '${full}' locally\n${words(verb, `Error response from daemon: ${said}`)}`,
		125,
	);
};

const words = (verb: string, text: string): string =>
	verb === 'run' ? `docker: ${text}\nSee 'docker run --help'.` : text;

/** Docker gives a name of its own; here it says that there is none. */
const unusedName = (engine: SimulatedEngine): string => {
	for (let number = 1; ; number++) {
		const name = number === 1 ? 'unnamed' : `unnamed${number}`;
		if (!findNamedContainer(engine, name)) return name;
	}
};

/** Docker's words when a container can't be called so; null when it can. */
export const refusalOfName = ({containers}: SimulatedEngine, name: string): string | null => {
	if (!/^[a-zA-Z0-9][\w.-]+$/.test(name)) {
		return `Invalid container name (${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`;
	}
	const holder = containers.find(({fact}) => fact.name === name);
	return holder
		? `Conflict. The container name "/${name}" is already in use by container "${holder.fact.id}". You have to remove (or rename) that container to be able to reuse that name`
		: null;
};
