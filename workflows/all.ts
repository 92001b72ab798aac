/** Every workflow the worker runs: the bundle is made from this file. The exported name is the wire name. */
export { attendanceCase } from './attendance-case.ts';
export { firstDayContacts } from './first-day-contacts.ts';
export { laReferral } from './la-referral.ts';
export { letterDelivery } from './letter-delivery.ts';
export { schoolMorning } from './school-morning.ts';
export { staffReminder } from './staff-reminder.ts';
export { trainingClock } from './training-clock.ts';
