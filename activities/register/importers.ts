import type { ImportKind } from '../../policy/register/csv-forms.ts';
import { contactsImporter } from './import-contacts.ts';
import { marksImporter } from './import-marks.ts';
import { pupilsImporter } from './import-pupils.ts';
import type { Prepare } from './importer.ts';

/** How each kind of file becomes the register. */
export const importers = { pupils: pupilsImporter, contacts: contactsImporter, marks: marksImporter } as Record<
  ImportKind,
  Prepare
>;
