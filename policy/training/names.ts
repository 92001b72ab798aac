/** Names of people who do not exist, split from lines so that they stay readable. */
const names = (...lines: readonly string[]): readonly string[] => lines.flatMap((line) => line.split(' '));

export const girls = names(
  'Amelia Olivia Isla Aisha Grace Zoë Niamh Siân Fatima Chloé Maya Ruby Evie Ella Priya Hannah Leila Zuzanna Poppy Martha',
  'Imani Freya Eliza Mei Thea Nadia Orla Jasmine Abigail Beatrice Caitlin Daisy Esme Florence Gwen Harriet Ivy Jessica Keira',
  'Lola Matilda Nancy Penelope Rosie Sadia Tilly Una Violet Wanjiru Yasmin',
);
export const boys = names(
  'Oliver George Arthur Muhammad Leo Łukasz Kofi Rhys Tomasz Finley Yusuf Jack Theo Arjun Samuel Dylan Ibrahim Noah Ewan José',
  'Jakub Caleb Reuben Minh Callum Omar Seán Harvey Adam Benjamin Charlie Daniel Edward Frank Gethin Henry Isaac Joshua Kieran',
  'Lewis Mason Nathan Oscar Patrick Rafael Stanley Thomas Umar Vikram William',
);

export const surnames = names(
  "Ashworth Bennett O'Brien Nguyễn Khan Okafor Davies Patel Wright D'Souza Hughes Rahman Clarke Mensah Fletcher Singh Barnes",
  'Turner Achebe Murray Chen Palmer Begum Harding Novak Sutton Ali Gallagher Fernández Whittaker Thompson Osei Marlow Iqbal',
  'Pritchard Lowe Dhillon Abbott Adeleke Baxter Bhatt Bradshaw Brennan Bright Cartwright Chapman Chaudhry Coleman Cooper',
  'Costa Crowther Dawson Demir Dixon Doyle Eccles Edwards Farrell Fisher Forde Foster Frost Gibson Gill Goddard Grant',
  'Greenwood Griffiths Gupta Hale Hargreaves Hartley Hayes Holt Hooper Hussain Hutton Ingram Jacobs Jarvis Joseph Joshi Kaur',
  'Kelly Kenyon Lam Lawson Lister Lloyd Lynch Mahmood Malik Mason McCarthy Mehta Mitchell Moss Naylor Nkosi Norris Oakley',
  'Owusu Parry Pearce Pereira Preston Quinn Ramsden Reid Rhodes Roberts Rowe Salmon Sandhu Saunders Schofield Sharma Shaw',
  'Silva Slater Stokes Swift Tanner Thorne Tran Vaughan Walsh Webb Whitehead Winter Yates Yeung Yilmaz',
);
export const polishSurnames = names('Kowalski Wójcik Kamiński Zieliński Szymański Woźniak Dąbrowski Kozłowski Mazur Krawczyk');
export const arabicSurnames = names('Al-Sayed Haddad Mansour Khalil Nasser Al-Masri Darwish Saleh Hamdan Aziz');

/** First names of parents, by what they are to the child and the language they read best. */
export const parentNames = {
  en: {
    Mother: names(
      'Claire Sarah Joanne Helen Rebecca Karen Laura Natalie Ngozi Fiona Michelle Samina Donna Emma Rachel Grace',
      'Bethan Meera Louise Tracey Victoria Shanice Lien Katherine',
    ),
    Father: names(
      'David Imran Mark Kwame Sunil Gareth Stephen Paul Martin Hassan Andrew Darren Emeka Simon Peter Rajesh Liam',
      'Craig Neil Jonathan Winston Duc Robert Graham',
    ),
  },
  pl: {
    Mother: names('Agnieszka Magdalena Katarzyna Ewa Joanna'),
    Father: names('Piotr Marek Andrzej Krzysztof Paweł'),
  },
  ar: {
    Mother: names('Amal Layla Rania Huda Salma'),
    Father: names('Khalid Hassan Tariq Samir Bilal'),
  },
} as const;
