import { Refusal, type RefusalCode } from '../../policy/refusal.ts';

/** A refusal that tells a machine more than its sentence: members of the problem that is answered (RFC 9457, extensions). */
export class DetailedRefusal extends Refusal {
  readonly more: Record<string, unknown>;

  constructor(code: RefusalCode, message: string, more: Record<string, unknown>) {
    super(code, message);
    this.more = more;
  }
}
