import {type FileKind, fileKinds} from './storage.js';
import {choosePlural, formatAlternatives, formatList} from './wording.js';

const freeSpace = 'make room there, and run the same command again: what is finished is kept';
const reinstall = 'install it again: `npm install --global multistage-workshop`';

/** The values for the start page. `which` begins with a space. */
type StartPage = {
	id: string;
	/** The program of the pack: `node multistage-workshop.mjs`. */
	program: string;
	/** The option for the workshop; empty for the default one. */
	which: string;
	/** Whether the workshop comes with the program, so that an installed one has it too. */
	isShipped: boolean;
	/** The further workshops that the pack is for. */
	others: Array<{id: string; which: string}>;
	tarball: string;
	date: string;
	images: Array<{name: string; platform: string; size: string; standIn: boolean}>;
};

export const pack = {
	image: (name: string, platform: string) => `${name} for ${platform}`,
	wholePack: 'the pack',

	cannotPull: (image: string, why: string) => ({
		reason: `${image} can’t be pulled. ${why}`,
		next: 'check that the registry can be reached, and run the same command again: what is finished is kept',
	}),
	noSuchImage: (image: string) => ({
		reason: `There is no ${image}: the registry has the image for other platforms only.`,
		next: 'leave this platform out of `--platform`',
	}),
	zstd: {
		reason: 'A layer is compressed with zstd, which this version of Node can’t decompress.',
		next: 'make the pack with Node 22.15 or newer',
	},
	tooLittleSpace: ({
		folder,
		free,
		what,
		needed,
	}: {
		folder: string;
		free: string;
		what: string;
		needed: string;
	}) => ({
		reason: `The disk of ${folder} has ${free} free, but ${what} takes ${needed} while it is written.`,
		next: 'make room there, or choose a folder on another disk',
	}),
	diskFull: (folder: string) => ({reason: `The disk of ${folder} is full.`, next: freeSpace}),
	notAllowed: (folder: string) => ({
		reason: `You are not allowed to write to ${folder}.`,
		next: 'choose another folder',
	}),
	runsFromThere: (folder: string) => ({
		reason: `The program runs from ${folder}, so it can’t write a pack there.`,
		next: 'name another folder',
	}),
	notEmpty: (folder: string) => ({
		reason: `The folder ${folder} is not empty, and there is no pack in it.`,
		next: 'name a folder that is new or empty',
	}),
	cannotMakeFolder: (folder: string, why: string) => ({
		reason: `The folder ${folder} can’t be created: ${why}.`,
		next: 'choose another folder',
	}),
	missingPart: (file: string) => ({reason: `A part of the program is missing: ${file}.`, next: reinstall}),

	noPack: (folder: string, manifest: string) => ({
		reason: `There is no pack in ${folder}: it has no ${manifest}.`,
		next: 'name the folder that contains START-HERE.md, or make a pack with `multistage-workshop pack <folder>`',
	}),
	otherFormat: (folder: string, format: number, known: number) => ({
		reason: `The pack in ${folder} has the format ${format}, and this program reads format ${known}.`,
		next: 'use the program that is in the pack, or make the pack anew with `multistage-workshop pack <folder>`',
	}),
	/** `workshopArguments`: what opens each of the packed ones. */
	otherWorkshop: (packed: string[], wanted: string, workshopArguments: string[]) => ({
		reason: `The pack is for the ${choosePlural(packed.length, 'workshop', 'workshops')} ${formatList(packed)}, not for ${wanted}; nothing was loaded.`,
		next: `open ${choosePlural(packed.length, 'that one', 'one of them')} with ${formatAlternatives(workshopArguments.map(one => `\`--workshop ${one}\``))}, or make a pack for this one`,
	}),
	lacksImage: (image: string) => ({
		reason: `The pack has no image ${image}, which the workshop needs; nothing was loaded.`,
		next: 'make the pack again with this version of the program',
	}),
	otherPlatforms: (folder: string, platforms: string[], wanted: string) => ({
		reason: `The pack in ${folder} is for ${formatList(platforms)}, and your Docker engine runs ${wanted}; nothing was loaded.`,
		next: `make a pack with \`multistage-workshop pack <folder> --platform ${wanted}\``,
	}),
	unchecked: (program: string) =>
		`The pack was written by version ${program}, which recorded no hashes of the program, the tarball and the other workshops, so only the images and this workshop were checked. \`multistage-workshop pack <folder>\` writes it anew.`,

	/** Problems of a damaged pack. */
	damaged: {
		next: 'copy the pack again from where you got it; nothing was loaded',
		manifest: (folder: string, file: string, why: string) =>
			`The ${file} of the pack in ${folder} is damaged (${why}).`,
		/** `place`: the key in the manifest; empty for the whole manifest. */
		manifestValue: (place: string, why: string) => `${place || 'it'}: ${why}`,
		unreadableManifest: (folder: string, file: string, why: string) =>
			`The ${file} of the pack in ${folder} can’t be read: ${why}.`,
		unreadable: (file: string, why: string) => `The file ${file} of the pack can’t be read: ${why}.`,
		unreadableWorkshop: (why: string) => `The workshop’s files in the pack can’t be read: ${why}.`,
		changedWorkshop: (folder: string) =>
			`The workshop’s files in the pack were changed after it was written: ${folder}.`,
		missing: (file: string) => `The file ${file} of the pack is missing.`,
		tooShort: (file: string, bytes: number, wanted: number) =>
			`The file ${file} of the pack is cut off: it has ${bytes} bytes instead of ${wanted}.`,
		tooLong: (file: string, bytes: number, wanted: number) =>
			`The file ${file} of the pack is too long: it has ${bytes} bytes instead of ${wanted}.`,
		otherBytes: (file: string) => `The file ${file} of the pack is damaged: its contents have changed.`,
	},

	/** Problems of a pack that somebody has tampered with. */
	forged: {
		next: 'use a pack from somebody you trust; nothing was loaded',
		imageTwice: (manifest: string, image: string) =>
			`The ${manifest} of the pack names the image ${image} twice.`,
		fileTwice: (manifest: string, file: string) =>
			`The ${manifest} of the pack names the file ${file} twice.`,
		stray: (file: string, manifest: string) => `The pack holds ${file}, which its ${manifest} does not name.`,
		outside: (file: string) => `The pack names a file outside of its own folder: ${file}.`,
		otherKind: (place: string, kind: FileKind, wanted: 'file' | 'folder') =>
			`In the pack, ${place} is ${fileKinds[kind]} instead of ${fileKinds[wanted]}.`,
		otherContents: (archive: string, image: string) =>
			`The archive ${archive} of the pack holds something other than ${image}.`,
		noArchive: (archive: string) => `The file ${archive} of the pack is not an archive of an image.`,
		otherName: (archive: string, name: string) =>
			`The archive ${archive} of the pack would also load its image as ${name}.`,
		otherWriting: (archive: string) =>
			`The archive ${archive} of the pack is not written the way this program writes archives.`,
		lacksLayer: (archive: string) => `The archive ${archive} of the pack lacks a layer of its image.`,
		secondListing: (archive: string, listing: string) =>
			`The archive ${archive} of the pack has a second ${listing}.`,
		misplaced: (archive: string, file: string) =>
			`The archive ${archive} of the pack has ${file} twice, or in the wrong place.`,
		alsoHolds: (archive: string, file: string) => `The archive ${archive} of the pack also holds ${file}.`,
	},

	/** A pack at an `http` or `https` address. `host`: with its port. */
	remote: {
		noPack: (place: string, manifest: string) => ({
			reason: `There is no pack at ${place}: what is there is not the ${manifest} of a pack.`,
			next: 'check the address: it is the folder in which manifest.json is',
		}),
		otherPack: (place: string) => ({
			reason: `The pack at ${place} is another one than the one that was announced; nothing was loaded.`,
			next: 'ask whoever gave you the address',
		}),
		tooOld: (place: string, program: string) => ({
			reason: `The pack at ${place} was written by version ${program}, which recorded no hashes of the workshops.`,
			next: 'make the pack anew with `multistage-workshop pack <folder>`',
		}),
		lacksWorkshop: (place: string, workshop: string) => ({
			reason: `The pack at ${place} has no workshop ${workshop}.`,
			next: 'ask whoever gave you the address for its workshops',
		}),
		otherCopy: (place: string) => ({
			reason: `Another copy of the program is downloading the pack at ${place}.`,
			next: 'wait until it has finished, and run the same command again',
		}),
		missing: (file: string, host: string) => ({
			reason: `${host} has no file ${file}.`,
			next: 'check the address of the pack: it is the folder in which manifest.json is',
		}),
		refused: (file: string, host: string, status: number) => ({
			reason: `${host} does not hand out the file ${file}: it answers with the status ${status}.`,
			next: 'check the address of the pack, and ask whoever runs the server',
		}),
		redirected: (file: string, host: string) => ({
			reason: `${host} sends the request for the file ${file} to another server, and the program does not follow.`,
			next: 'give the address of the pack where it really is',
		}),
		unavailable: (file: string, host: string, why: string) => ({
			reason: `The file ${file} can’t be downloaded from ${host}: ${why.replace(/\.$/, '')}.`,
			next: 'check the network and the address, and run the same command again: what has been downloaded is kept',
		}),
		otherBytes: (file: string, host: string) =>
			`${host} sends a file ${file} with other bytes than the pack’s manifest names, twice.`,
		tooLittleSpace: (folder: string, free: string, needed: string) => ({
			reason: `The disk of ${folder} has ${free} free, but the download takes ${needed}.`,
			next: freeSpace,
		}),
		unchecked: (place: string) => `The files of the pack at ${place} are checked when they are downloaded.`,
		tooLarge: 'the file is too large',
		silent: 'no answer came for a while',
		cutOff: 'the answer was cut off',
		status: (status: number) => `the server answers with the status ${status}`,
		/** By the code of the error. */
		problems: {
			ECONNREFUSED: 'nothing listens there',
			ECONNRESET: 'the connection was cut',
			EPIPE: 'the connection was cut',
			ENOTFOUND: 'there is no computer with this name',
			EAI_AGAIN: 'the name can’t be looked up without a network',
			EHOSTUNREACH: 'that computer can’t be reached from here',
			ENETUNREACH: 'there is no network that leads there',
			ETIMEDOUT: 'no answer came for a while',
			DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by nobody whom this computer trusts',
			SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by nobody whom this computer trusts',
			UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by nobody whom this computer trusts',
			CERT_HAS_EXPIRED: 'its certificate has expired, or the clock of this computer is wrong',
			ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
			EPROTO: 'that port does not speak https',
		},
	},

	loadedOtherLayers: (image: string) => ({
		reason: `The Docker engine loaded ${image}, but the image of that name has other layers now.`,
		next: 'see `docker image ls`, and run the same command again',
	}),
	engineDiskFull: (free: string, needed: string) => ({
		reason: `The disk where the Docker engine keeps its images has ${free} free, but the images of the pack take ${needed} while they are loaded; nothing was loaded.`,
		next: 'make room, for example with `docker system prune`, and run the same command again',
	}),

	/** The start page of a pack. */
	startPage: ({id, program, which, isShipped, others, tarball, date, images}: StartPage) => `# Start here

This folder holds the ${choosePlural(1 + others.length, 'workshop', 'workshops')} ${formatList([id, ...others.map(other => other.id)].map(one => `“${one}”`))} with everything ${choosePlural(1 + others.length, 'that it needs', 'that they need')}. No internet is used.

You need Node.js 20.19 or newer (check with \`node --version\`), and Docker, running.

Open a terminal in this folder, and type the line for your system. Your files are written to a folder in your home directory.

| system | command |
| --- | --- |
| Linux, macOS | \`${program}${which} --pack . --dir ~/${id}\` |
| Windows, PowerShell | \`${program}${which} --pack . --dir $HOME\\${id}\` |
| Windows, cmd | \`${program}${which} --pack . --dir %USERPROFILE%\\${id}\` |

${others.map(other => `For the workshop “${other.id}”, ${which === '' ? `add \`${other.which.trim()}\`` : other.which === '' ? `leave \`${which.trim()}\` out` : `write \`${other.which.trim()}\` instead`}, and change the folder after \`--dir\`.\n\n`).join('')}The first start loads the images into your Docker engine, which takes a minute. Later starts find them there.

- **Is this machine ready?** \`${program} doctor${which} --pack .\`
- **No Docker?** \`${program}${which} --replay\`, with the \`--dir\` of your line, plays the workshop as a recording.
- **To install the program:** \`npm install --global ./${tarball}\`, then \`multistage-workshop${isShipped ? which : ` --workshop <this folder>/workshops/${id}`} --pack <this folder>\`.
- **For teachers:** \`${program} run${which} --pack . --no-network --yes\` rehearses every step without a network; \`${program} class open .\` hands out this folder on your network and shows where the class is.
- **To hand in your results:** \`${program} hand-in\` writes a small file for your teacher.
- **When you are done:** \`${program} cleanup${which}\`, with the \`--dir\` of your line, removes what the workshop made.

## What is in it

| image | for | size |
| --- | --- | --- |
${images.map(({name, platform, size, standIn}) => `| ${name} | ${platform} | ${size}${standIn ? ', a stand-in made for tests' : ''} |`).join('\n')}

Written on ${date}. \`manifest.json\` lists every file with its hash; \`--pack\` checks them all before anything is loaded.
`,
};
