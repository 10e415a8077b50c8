import {type DockerCommand, readDocker} from '../../docker/command.js';
import type {SimpleCommand} from './read-line.js';

/** Programs that draw on the terminal or talk to whoever sits at it. */
const talking = new Set([
	...['vi', 'vim', 'nvim', 'nano', 'pico', 'emacs', 'micro', 'hx', 'helix', 'joe', 'mcedit'],
	...['less', 'more', 'man', 'top', 'htop', 'btop', 'ctop', 'dive', 'lazydocker', 'tmux', 'screen', 'ssh'],
]);

/** These do so only when they are given nothing to do. */
const talkingAlone = new Set([
	'sh',
	'bash',
	'zsh',
	'fish',
	'dash',
	'ash',
	'pwsh',
	'powershell',
	'cmd',
	'node',
	'python',
	'python3',
]);

/** Whether a command needs the terminal for itself: `docker run -it`, an editor, a shell. */
export const needsTerminal = (command: SimpleCommand): boolean => {
	const docker = readDocker(command.words);
	if (docker) return dockerNeedsTerminal(docker);
	const [program = '', ...args] = command.words;
	const name = program.replace(/^.*[\\/]/, '').replace(/\.exe$/i, '');
	return talking.has(name) || (talkingAlone.has(name) && args.length === 0 && command.joinedBy !== '|');
};

const dockerNeedsTerminal = ({verb, flags}: DockerCommand): boolean => {
	switch (verb) {
		case 'run':
		case 'exec':
			return flags.isOn('tty') && !flags.isOn('detach');
		case 'compose run':
		case 'compose exec':
			return !flags.isOn('no-tty') && !flags.isOn('no-TTY') && !flags.isOn('detach');
		case 'start':
			return flags.isOn('interactive');
		default:
			return verb === 'attach';
	}
};
