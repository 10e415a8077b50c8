import {formatCount, formatList} from '../wording.js';

/** Why an image that is not on the engine can't be pulled, as ends of sentences. */
const pullProblems = {
	login: 'its registry requires `docker login`',
	offline: 'no registry can be reached',
	unknown: 'the registry has no image with that name and tag',
};

type PullProblem = keyof typeof pullProblems;

const notExecutable = (what: string): string =>
	`${what} can’t be executed: it is not a program, or it needs \`chmod +x\`.`;

const warningsAreErrors = '`# check=error=true` turns warnings into errors';

/** Why a `docker build` probably failed, in one sentence. */
export const causes = {
	/** Messages that need only one or two names from the builder's error. */
	named: {
		noFlagValue: (flag: string) => `The option \`${flag}\` needs a value.`,
		upperCaseTag: (tag: string) => `\`${tag}\` is not a valid image name: it must be lower case.`,
		invalidTag: (tag: string) =>
			`\`${tag}\` is not a valid image name: use one such as \`app\` or \`app:1.0\`.`,
		invalidFlagValue: (value: string, flag: string) =>
			`\`${value}\` is not a valid value for the option \`${flag}\`.`,
		invalidPlatform: (platform: string) =>
			`\`${platform}\` is not a platform: use one such as \`linux/amd64\`.`,
		noFolder: (folder: string) => `There is no folder \`${folder}\` to build.`,
		fileAsContext: (file: string) =>
			`\`${file}\` is a file, but the build context must be a folder: name the folder that the file is in.`,
		noNamedContext: (name: string, folder: string) =>
			`There is no folder \`${folder}\`, which \`--build-context ${name}\` names.`,
		noOptionFile: (file: string) => `There is no file \`${file}\`, which an option of the command names.`,
		folderAsDockerfile: () => 'The Dockerfile is a folder, not a file.',
		noBuildx: () => 'This Docker CLI lacks buildx, which BuildKit needs.',
		noPermission: () =>
			'You are not allowed to connect to the Docker daemon: run `multistage-workshop doctor` to find out why.',
		noEngine: () => 'Docker does not answer: start it, or run `multistage-workshop doctor`.',
		engineEnded: () =>
			'The Docker daemon ended the connection during the build: check with `docker version` that it is running.',
		notUtf8: () => 'The Dockerfile is saved as UTF-16, as `>` in Windows PowerShell does: save it as UTF-8.',
		mergeMark: (line: string) =>
			`The line \`${line}\` is left over from a merge: keep one of the two versions.`,
		openHeredoc: () => 'The heredoc (`<<`) is never closed: its last line must be its delimiter alone.',
		unreadableLine: (words: string) => `The builder can’t read this line: ${words}.`,
		noTarget: (stage: string) => `The Dockerfile has no stage \`${stage}\`, which \`--target\` names.`,
		sameStageNames: (stage: string) => `Two stages have the name \`${stage}\`: rename one of them.`,
		emptyDockerfile: () => 'The Dockerfile is empty.',
		noFrom: () => 'The Dockerfile does not begin with `FROM`: only `ARG` may come before it.',
		lostLayer: () =>
			'The engine lost a layer while it wrote two images at the same time, which can happen with the containerd image store: build again.',
		diskFull: () => 'The disk is full: run `docker system df` to see what uses the space.',
		fileOnPath: (path: string) =>
			`On the path \`${path}\` in this stage, a file is in the place of a folder.`,
		outsideContext: (file: string) =>
			`\`${file}\` is outside the build context: you can only copy files that are in the build context.`,
		severalToFile: () => 'Several files can only be copied into a folder: the destination must end with `/`.',
		noSuchStageNumber: (number: string) =>
			`Stages are numbered from 0, and no stage before this line has the number ${number}.`,
		laterStage: (stage: string) =>
			`The stage \`${stage}\` comes later in the Dockerfile: you can only copy from earlier stages.`,
		copiesItself: (stage: string) =>
			`The stage \`${stage}\` copies from itself: you can only copy from earlier stages.`,
		emptyVariable: (variable: string) =>
			`\`${variable}\` has no value: set it with an \`ARG\` before the first \`FROM\`.`,
		pullLimit: () =>
			'The pull rate limit of the registry is reached: this address can’t pull more images for now.',
		noUser: (user: string) => `The image has no user \`${user}\`, which \`USER\` names.`,
		noSecret: (id: string) =>
			`This build has no secret \`${id}\`: add \`--secret id=${id},src=<file>\` to the command.`,
		noSsh: (id: string) => `This build has no SSH agent: add \`--ssh ${id}\` to the command.`,
		notExecutable: (program: string) => notExecutable(`\`${program}\``),
		noProgramAtPath: (program: string) => `There is no program \`${program}\` in this stage: check its path.`,
		noProgram: (program: string) =>
			`There is no program \`${program}\` in this stage: install it, or check the spelling.`,
		noProgramOrLoader: (program: string) =>
			`There is no program \`${program}\` in this stage, or its interpreter or loader is missing: check its path, or its \`#!\` line.`,
		otherProcessor: (program: string) =>
			`\`${program}\` is not a program for this processor, or it is a script without a \`#!\` line.`,
		noLoader: (program: string) =>
			`\`${program}\` exists but can’t start: its loader is missing (as for a glibc program on Alpine), or the interpreter that its \`#!\` line names is missing (CRLF line endings change that name).`,
		windowsLines: () =>
			'A script in this stage has Windows line endings (CRLF), which Linux reads as a part of each line: save it with LF.',
		noInterpreter: (script: string, interpreter: string) =>
			`There is no \`${interpreter}\` in this stage, which the first line of \`${script}\` names.`,
		outOfMemory: () => 'The command was stopped because memory ran out.',
		readOnly: (file: string) =>
			`\`${file}\` can’t be written to: it is not part of the stage but mounted read-only.`,
		noFile: (file: string) => `The command finds no file or folder \`${file}\` in this stage.`,
	},
	/** Causes by exit code alone. */
	exitCodes: {
		126: () => notExecutable('The command'),
		127: () => 'There is no such program in this stage: install it, or check the spelling.',
		137: () => 'The command was killed, which happens when memory runs out.',
		139: () => 'The command crashed with a segmentation fault: it used memory that does not belong to it.',
	},
	noContext:
		'The build context is missing: end the command with a folder, like the dot in `docker build -t name .`',
	severalContexts: (contexts: string[]) =>
		`A build has only one build context, and this command names ${formatList(contexts)}.`,
	otherBuilderFlag: (flag: string) =>
		`This builder has no option \`${flag}\`: it needs BuildKit, or a newer Docker CLI.`,
	unknownFlag: (flag: string) =>
		`\`docker build\` has no option \`${flag}\`: check the spelling, or see \`docker build --help\`.`,
	repository: (address: string) =>
		`The repository ${address} can’t be loaded: it does not exist, or it can’t be reached.`,
	unnamedRepository:
		'The repository of the build context can’t be loaded: it does not exist, or it can’t be reached.',
	noDockerfile: 'There is no file `Dockerfile` in the build context.',
	noNamedDockerfile: (file: string) => `There is no file \`${file}\` where the command runs.`,
	noDockerfileBeside: (file: string, inContext: string) =>
		`There is no file \`${file}\` where the command runs: \`-f\` names a path from there, not from the build context. For a file in the build context, write \`-f ${inContext}\`.`,
	unreadHeredoc: 'This builder can’t read heredocs (`<<`): it takes their lines for instructions.',
	brokenLine: (word: string) =>
		`\`${word}\` is taken for an instruction, because the line above it does not end with \`\\\`.`,
	unknownInstruction: (word: string) => `There is no Dockerfile instruction \`${word}\`: check the spelling.`,
	unknownInstructionFlag: (flag: string) =>
		`This instruction has no option \`${flag}\` with this builder: check the spelling.`,
	unknownFlagOf: (keyword: string, flag: string) =>
		`\`${keyword}\` has no option \`${flag}\` with this builder: check the spelling.`,
	needsBuildKit: (option: string) =>
		`The legacy builder does not support \`${option}\`: this Dockerfile needs BuildKit.`,
	violations: (rules: string) => `${warningsAreErrors}: ${rules}.`,
	violation: (line: number, rule: string, words: string) =>
		`${warningsAreErrors}: line ${line}, \`${rule}\`: ${words}.`,
	violationOfSeveral: (line: number, rule: string, words: string, others: number) =>
		`${warningsAreErrors}: line ${line}, \`${rule}\`: ${words} (and ${formatCount(others, 'more warning')}).`,
	noUserToOwn: (user: string) => `The image has no user \`${user}\`, which \`--chown\` names.`,
	noGroupToOwn: (group: string) => `The image has no group \`${group}\`, which \`--chown\` names.`,
	addressUnreachable: (address: string) =>
		`\`${address}\` can’t be downloaded: the network or that address can’t be reached.`,
	legacyHeredoc: 'The legacy builder can’t read heredocs (`<<`): this Dockerfile needs BuildKit.',
	noMatchInContext: (pattern: string) =>
		`No file in the build context matches \`${pattern}\`: the legacy builder stops there, but BuildKit goes on.`,
	noMatchInStage: (pattern: string, stage: string) =>
		`No file in \`${stage}\` matches \`${pattern}\`: the legacy builder stops there, but BuildKit goes on.`,
	noFileInStage: (file: string, stage: string) =>
		`There is no file \`${file}\` in \`${stage}\` to copy from.`,
	noFileInContext: (file: string) =>
		`The file \`${file}\` is not in the build context, or \`.dockerignore\` excludes it.`,
	variableAsSource: (source: string) =>
		`\`COPY --from\` does not expand variables: write \`FROM ${source} AS source\` earlier, with its \`ARG\` before the first \`FROM\`, and copy from \`source\`.`,
	invalidImageName: (name: string) =>
		`\`${name}\` is not a valid image name: check it and the variables in it.`,
	invalidUnknownName: 'An image name is not valid: check it and the variables in it.',
	upperCaseName: (name: string) => `Names of images and stages must be lower case, and \`${name}\` is not.`,
	upperCaseUnknownName: 'Names of images and stages must be lower case.',
	noPlatform: (image: string) =>
		`The image \`${image}\` is not available for the platform that the build asks for.`,
	noPlatformOfUnknown: 'The image is not available for the platform that the build asks for.',
	syntaxOffline:
		'The line `# syntax=` makes BuildKit pull an image first, and no registry can be reached: remove that line.',
	noImage: (image: string, why: PullProblem) =>
		`The image \`${image}\` is not on this engine, and ${pullProblems[why]}.`,
	noImageForPlatform: (image: string, platform: string, why: PullProblem) =>
		`The image \`${image}\` is not on this engine for the platform \`${platform}\`, and ${pullProblems[why]}.`,
	/** The name may have been meant for a stage. */
	noStageOrImage: (name: string, why: PullProblem) =>
		`No earlier stage is called \`${name}\`, so the build needs an image of that name, and ${pullProblems[why]}.`,
	noStageOrImageBut: (name: string, why: PullProblem, known: string) =>
		`No earlier stage is called \`${name}\`, so the build needs an image of that name, and ${pullProblems[why]}. Did you mean \`${known}\`?`,
	noShell: (shell: string) =>
		`This stage has no shell (\`${shell}\`), so it can’t run commands: a stage that starts from \`scratch\` is empty.`,
	noNamedShell: (shell: string) =>
		`This stage has no \`${shell}\`, which \`SHELL\` names: install it first, or name another shell.`,
	noNetwork: 'The command can’t reach the network.',
	noAddress: (host: string) => `The command can’t reach the network: it finds no address for \`${host}\`.`,
	noPackage: (name: string) => `The package manager finds no package \`${name}\`.`,
	noPackageYet: (name: string) =>
		`The package manager finds no package \`${name}\`: run \`apt-get update\` before it, in the same \`RUN\`.`,
	unknownOtherProcessor: 'The program that was started is not for this processor.',
	noRight: (user: string, file: string) =>
		`The user \`${user}\`, which \`USER\` sets, has no permission for \`${file}\`.`,
	wrongQuotes:
		'Without double quotes, this is a command for the shell: write the exec form as `RUN ["program", "argument"]`.',
};
