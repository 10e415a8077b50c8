import prettyBytes from 'pretty-bytes';
import {defaultWorkshop} from '../storage/workshop-files.js';
import {type Manifest, programFile} from './manifest.js';

/** What stands on the first page of a pack: the one command for each system, and what else there is. */
export const startHere = (
	{workshop, images}: Manifest,
	{tarball, date, isShipped}: {tarball: string; date: Date; isShipped: boolean},
): string => {
	const program = `node ${programFile}`;
	const which = workshop.id === defaultWorkshop ? '' : ` --workshop ${workshop.id}`;
	// The program that is installed has the shipped workshops only; the pack has this one, too.
	const installed = isShipped ? which : ` --workshop <this folder>/workshops/${workshop.id}`;
	const command = `${program}${which} --pack .`;
	const rows = images.map(
		({name, platform, bytes, standIn}) =>
			`| ${name} | ${platform} | ${prettyBytes(bytes)}${standIn ? ', a stand-in made for tests' : ''} |`,
	);
	return `# Start here

This folder holds the workshop “${workshop.id}” with everything that it needs. No internet is used.

You need Node.js 20.19 or newer (\`node --version\` tells), and Docker, running.

Open a terminal in this folder, and type the one line for your system. Your files are written to a folder in your home.

| system | command |
| --- | --- |
| Linux, macOS | \`${command} --dir ~/${workshop.id}\` |
| Windows, PowerShell | \`${command} --dir $HOME\\${workshop.id}\` |
| Windows, cmd | \`${command} --dir %USERPROFILE%\\${workshop.id}\` |

The first start loads the images into your Docker, which takes a minute. Later ones find them there.

- **Is this machine ready?** \`${program} doctor${which} --pack .\`
- **No Docker?** \`${program}${which} --replay\`, with the \`--dir\` of your line, plays the workshop as a recording.
- **To install the program:** \`npm install --global ./${tarball}\`, then \`multistage-workshop${installed} --pack <this folder>\`.
- **For teachers:** \`${program} run${which} --pack . --no-network --yes\` rehearses every step without a network.
- **When you are done:** \`${program} cleanup${which}\`, with the \`--dir\` of your line, removes what the workshop made.

## What is in it

| image | for | size |
| --- | --- | --- |
${rows.join('\n')}

Written on ${date.toISOString().slice(0, 10)}. \`manifest.json\` lists every file with its hash; \`--pack\` checks them all before anything is loaded.
`;
};
