/** What the arguments behind `docker run` and `docker exec` tell. */
export type DockerRun = {
	/** The image, or the container of an `exec`; null when there is none. */
	subject: string | null;
	name: string | null;
	detached: boolean;
	/** It asks for a terminal. */
	tty: boolean;
};

/** Options that stand alone; all others have a value. */
const alone = new Set([
	...['detach', 'interactive', 'tty', 'publish-all', 'rm', 'init', 'privileged', 'read-only', 'quiet'],
	...['no-healthcheck', 'oom-kill-disable', 'sig-proxy', 'disable-content-trust', 'use-api-socket', 'help'],
]);
const aloneShort = 'ditPq';

/** Reads the options of `docker run` up to the image: what stands behind it belongs to the program in it. */
export const readDockerRun = (args: string[]): DockerRun => {
	const run: DockerRun = {subject: null, name: null, detached: false, tty: false};
	for (let index = 0; index < args.length; index++) {
		const arg = args[index] ?? '';
		if (!arg.startsWith('-') || arg === '-') return {...run, subject: arg};
		if (arg.startsWith('--')) {
			const [option = '', value] = arg.slice(2).split('=', 2);
			if (option === 'name') run.name = value ?? args[index + 1] ?? null;
			if (option === 'detach') run.detached = value !== 'false';
			if (option === 'tty') run.tty = value !== 'false';
			if (value === undefined && !alone.has(option)) index++;
			continue;
		}
		const letters = [...arg.slice(1)];
		const valued = letters.findIndex(letter => !aloneShort.includes(letter));
		const flags = valued < 0 ? letters : letters.slice(0, valued);
		run.detached ||= flags.includes('d');
		run.tty ||= flags.includes('t');
		// `-p80:80` carries its value; that of `-p` stands behind it.
		if (valued === letters.length - 1) index++;
	}
	return run;
};
