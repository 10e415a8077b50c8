import type {Root, RootContent} from 'mdast';
import {inDialect} from './dialect.js';
import type {Dialect} from './model.js';

/** Code in the middle of a sentence that somebody types into a shell. */
const isCommand = /^(?:docker|curl|export|unset) /;

/** A text whose commands are written as one types them in a dialect: blocks of `sh`, and commands within sentences. */
export const textInDialect = (root: Root, dialect: Dialect): Root =>
	dialect === 'sh' ? root : {...root, children: root.children.map(node => nodeIn(node, dialect))};

/** A sentence of the program's, whose commands stand between backticks. */
export const sentenceInDialect = (sentence: string, dialect: Dialect): string =>
	sentence.replaceAll(/(?<=`)(?:docker|curl|export|unset|sudo) [^`]*(?=`)/g, command =>
		inDialect(command, dialect),
	);

const nodeIn = <Node extends RootContent>(node: Node, dialect: Dialect): Node => {
	if (node.type === 'code')
		return node.lang === 'sh' ? {...node, value: inDialect(node.value, dialect)} : node;
	if (node.type === 'inlineCode')
		return isCommand.test(node.value) ? {...node, value: inDialect(node.value, dialect)} : node;
	return 'children' in node ? {...node, children: node.children.map(child => nodeIn(child, dialect))} : node;
};
