import type {DockerCommand} from '../docker/command.js';
import type {Flags} from '../docker/read-flags.js';
import type {PortRequest} from './model.js';
import {readExposed, readPublish} from './read-ports.js';
import {unclearFlag} from './run-flags.js';

/** What a `docker run` or `docker create` asks for, as far as it matters to the ports. */
export type RunAsked = {
	image: string;
	args: string[];
	detached: boolean;
	flags: Flags;
	ports: PortRequest[];
	exposed: string[];
};

/** Reads the arguments; hands back Docker's words instead when it would refuse them, or why they can't be told. */
export const readRun = ({
	verb,
	flags,
	operands: [image, ...rest],
	refusal,
}: DockerCommand): RunAsked | {refusal: string; exitCode: number} | {unclear: string} => {
	const help = `\nSee 'docker ${verb} --help'.`;
	if (refusal !== null) return {refusal: `${refusal}${help}`, exitCode: 125};
	if (image === undefined) {
		return {refusal: `"docker ${verb}" requires at least 1 argument.${help}`, exitCode: 1};
	}
	const foreign = unclearFlag(flags.given);
	if (foreign) return {unclear: `What \`--${foreign}\` changes can’t be told by reading.`};
	const ports = flags.all('publish').map(readPublish);
	const wrong = ports.find(port => 'refusal' in port);
	if (wrong && 'refusal' in wrong) return {refusal: `docker: ${wrong.refusal}${help}`, exitCode: 125};
	const exposed = flags.all('expose').map(text => ({text, ports: readExposed(text)}));
	const none = exposed.find(one => one.ports === null);
	if (none)
		return {refusal: `docker: invalid range format for --expose: ${none.text}.${help}`, exitCode: 125};
	const other = otherTrouble(flags, image);
	if (other) return 'refusal' in other ? {refusal: `${other.refusal}${help}`, exitCode: 125} : other;
	return {
		image,
		args: rest,
		detached: flags.isOn('detach'),
		flags,
		ports: ports.flatMap(port => ('refusal' in port ? [] : port)),
		exposed: exposed.flatMap(one => one.ports ?? []),
	};
};

const otherTrouble = (flags: Flags, image: string): {refusal: string} | {unclear: string} | null => {
	const network = flags.last('network') ?? flags.last('net') ?? '';
	if (/[:=]/.test(network) && !network.startsWith('container:')) {
		return {unclear: `What \`--network ${network}\` leads to can’t be told by reading.`};
	}
	if (![null, 'host'].includes(flags.last('uts'))) {
		return {unclear: `What \`--uts ${flags.last('uts')}\` leads to can’t be told by reading.`};
	}
	if (network.startsWith('container:') && (flags.all('publish').length > 0 || flags.isOn('publish-all'))) {
		return {refusal: 'docker: conflicting options: port publishing and the container type network mode.'};
	}
	if (flags.last('pull') === 'always') return {unclear: 'What a registry has can’t be told by reading.'};
	if (flags.isOn('rm') && ![null, 'no', ''].includes(flags.last('restart'))) {
		return {refusal: 'docker: Conflicting options: --restart and --rm.'};
	}
	const repository = image.replace(/[:@][^/]*$/, '');
	if (/[A-Z]/.test(repository)) {
		const full = repository.includes('/') ? repository : `library/${repository}`;
		return {refusal: `docker: invalid reference format: repository name (${full}) must be lowercase.`};
	}
	return /^[\w][\w./:@-]*$/.test(image) ? null : {refusal: 'docker: invalid reference format.'};
};
