/** How far a GraphQL document goes, told without going there. */

import { type DocumentNode, Kind, type SelectionSetNode } from 'graphql';

export interface QueryExtent {
  /** Fields within fields, at most. */
  readonly levels: number;
  /** Fields of the largest operation with all its fragments in their places. */
  readonly selected: number;
  /** Times that it asks for the schema. */
  readonly introspections: number;
}

const NOTHING: QueryExtent = { levels: 0, selected: 0, introspections: 0 };
const INTROSPECTION = ['__schema', '__type'];

/**
 * Each fragment is looked at once and remembered. Twenty fragments that spread the next one twice are a few hundred characters
 * and a million fields: whoever follows them one by one, as validation and execution do, is lost.
 */
export function extentOf(document: DocumentNode): QueryExtent {
  const fragments = new Map<string, SelectionSetNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition.selectionSet);
  }
  const known = new Map<string, QueryExtent>();

  function below(set: SelectionSetNode | undefined): QueryExtent {
    let levels = 0;
    let selected = 0;
    let introspections = 0;
    for (const selection of set?.selections ?? []) {
      const part =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? ofFragment(selection.name.value)
          : below(selection.selectionSet);
      const name = selection.kind === Kind.FIELD ? selection.name.value : null;
      // Introspection is deep by nature, and about the schema alone.
      const isMeta = name?.startsWith('__') === true;
      levels = Math.max(levels, isMeta ? 0 : part.levels + (name === null ? 0 : 1));
      selected += part.selected + (name === null ? 0 : 1);
      introspections += part.introspections + (name !== null && INTROSPECTION.includes(name) ? 1 : 0);
    }
    return { levels, selected, introspections };
  }

  function ofFragment(name: string): QueryExtent {
    const found = known.get(name);
    if (found !== undefined) return found;
    // One that contains itself is left to the validation.
    known.set(name, NOTHING);
    const extent = below(fragments.get(name));
    known.set(name, extent);
    return extent;
  }

  const operations = document.definitions.map((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? below(definition.selectionSet) : NOTHING,
  );
  const most = (of: keyof QueryExtent): number => Math.max(0, ...operations.map((one) => one[of]));
  return { levels: most('levels'), selected: most('selected'), introspections: most('introspections') };
}
