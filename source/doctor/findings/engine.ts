import {defineFinding, failed, passed, unknown} from '../finding.js';

/** Does an engine answer, to us and to the CLI, which refuses engines of other times that we can use? */
export const engine = defineFinding({
	id: 'engine',
	probe: async machine => ({inspected: await machine.engine, cliOnEngine: await machine.cliOnEngine}),
	judge({inspected: {value, trouble}, cliOnEngine}) {
		if (trouble?.finding === 'no-cli')
			return unknown('Without the docker command, there is no way to see which engine is meant.');
		if (trouble?.finding === 'no-permission')
			return unknown('Without permission, there is no way to see whether an engine is running.');
		if (trouble) return failed(trouble.reason, trouble.next);
		// Without a CLI there is nothing that it refuses.
		if (cliOnEngine?.trouble && cliOnEngine.trouble.finding !== 'no-cli')
			return failed(cliOnEngine.trouble.reason, cliOnEngine.trouble.next);
		const {version, podman, endpoint, context, local, address, inContainer} = value;
		const name = podman === null ? `The engine ${version}` : `Podman ${podman}`;
		const place = context === 'default' ? endpoint : `${endpoint}, through the context \`${context}\``;
		const more = inContainer
			? ` This program runs in a container: published ports are on its host, and are looked for at ${address}.`
			: local
				? ''
				: ` It is not on this machine: containers run there, published ports are reached at ${address}, and the workshop asks before it runs anything.`;
		return passed(`${name} answers at ${place}.${more}`);
	},
});

/** May we use the engine? */
export const permission = defineFinding({
	id: 'permission',
	probe: machine => machine.engine,
	judge({value, trouble}) {
		if (value) return passed('You may use the engine.');
		return trouble.finding === 'no-permission'
			? failed(trouble.reason, trouble.next)
			: unknown('No engine has been asked.');
	},
});
