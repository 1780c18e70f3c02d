"""Invented names for the people of the demo, as mixed as the workforce; none is meant to be anybody."""

import unicodedata
from collections import Counter
from random import Random

# Given names, family names and how many in a hundred people come from each group.
_GROUPS = (
    (
        "Alison Andrew Bethany Catherine Christopher Claire Daniel Eleanor Emma Fiona Gareth Hannah Helen Jack Joanne "
        "Karen Laura Lucy Mark Matthew Megan Nicola Oliver Rachel Rebecca Robert Sarah Stephen Susan Thomas Victoria",
        "Atkinson Barraclough Bennett Carter Clarke Dawson Ellison Fletcher Garside Harrison Hodgson Jennings Kendall "
        "Lambert Marsden Newton Oldfield Pickering Redfern Shaw Thornton Underwood Walker Whitfield Yates",
        42,
    ),
    (
        "Aoife Bronwyn Callum Catrin Ciara Conor Eilidh Ewan Fergus Iona Mairi Niamh Owain Rhys Roisin Sian",
        "Byrne Campbell Donnelly Gallagher Griffiths Hughes Kavanagh MacLeod McBride Morgan Nolan Pritchard Sinclair",
        10,
    ),
    (
        "Aisha Amir Bilal Faisal Farah Hamza Imran Maryam Nadia Omar Saima Samina Sana Tariq Yasmin Zainab",
        "Ahmed Akhtar Begum Chaudhry Hussain Iqbal Javed Khan Mahmood Malik Mirza Qureshi Rahman Shah Siddiqui",
        9,
    ),
    (
        "Anil Anjali Arjun Deepa Divya Harpreet Jaspreet Kavita Manpreet Meera Nikhil Priya Rajesh Ravi Sunita Vikram",
        "Chopra Dhillon Gill Gupta Iyer Joshi Kapoor Kaur Mehta Nair Patel Rao Reddy Sandhu Sharma Singh",
        9,
    ),
    (
        "Aji Anu Bincy Binu Jincy Jobin Liji Merin Reji Shiny Siju Sheeba Tincy",
        "Chacko Cherian Eapen George Jacob Joseph Kurian Mathew Philip Thomas Varghese",
        6,
    ),
    (
        "Adaeze Akosua Ama Amara Chidi Chinwe Efua Emeka Ifeoma Kofi Kwame Ngozi Oluwaseun Temitope Tunde Yaw",
        "Adeyemi Adjei Agyeman Asante Balogun Boateng Eze Mensah Nwosu Obi Okafor Okonkwo Olawale Osei Owusu",
        8,
    ),
    (
        "Blessing Chipo Farai Grace Nyasha Rudo Simba Tafadzwa Tatenda Tendai",
        "Banda Chikwanha Dube Gumbo Moyo Mpofu Ncube Ndlovu Phiri Sibanda Zulu",
        3,
    ),
    (
        "Analyn Christian Jasmine Jennelyn Joel Jomar Katrina Lourdes Marites Rowena Rommel Sheila",
        "Aquino Bautista Cruz Dela-Cruz Garcia Mendoza Pascual Ramos Reyes Santos Villanueva",
        5,
    ),
    (
        "Ana Beatriz Carlos Catarina Elena Ines Javier Lucia Marta Nuno Rui Sofia",
        "Alves Carvalho Costa Fernandes Garrido Lopes Martins Navarro Pereira Romero Silva Vidal",
        3,
    ),
    (
        "Agnieszka Jakub Katarzyna Magdalena Monika Piotr Tomasz Wojciech",
        "Dudek Nowak Mazur Pawlak Sobczak Walczak Wieczorek Wójcik",
        1,
    ),
    (
        "Alessia Chiara Eleni Giulia Ioanna Luca Matteo Nikos Sotiria Yannis",
        "Esposito Ferrara Galanis Marino Papadakis Ricci Romano Stavrou Vitale",
        1,
    ),
    (
        "Chloe Hui Jia Kwok Li Mei Ming Shan Wai Wei Xin Yan",
        "Chan Chen Cheung Ho Lam Lau Leung Lin Ng Tan Wong Zhang",
        2,
    ),
    (
        "Ali Dina Hala Karim Layla Mona Nour Rania Tamer Youssef",
        "Abbas Aziz El-Sayed Farouk Haddad Hassan Ibrahim Mansour Nasser Saleh",
        1,
    ),
)
_WEIGHTS = [group[2] for group in _GROUPS]
_ATTEMPTS = 60
_SINGLE_ATTEMPTS = 20


class NameBook:
    """Gives out names and e-mail addresses, no address twice."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._taken: Counter[str] = Counter()

    def name(self) -> str:
        """A given and a family name of one group, not yet taken; when many are, the family name may be double."""
        for attempt in range(_ATTEMPTS):
            given, family, _ = self._random.choices(_GROUPS, weights=_WEIGHTS)[0]
            families = self._random.sample(family.split(), 1 if attempt < _SINGLE_ATTEMPTS else 2)
            name = f"{self._random.choice(given.split())} {'-'.join(families)}"
            if name not in self._taken:
                break
        self._taken[name] += 1
        return name

    def email(self, name: str, place: str) -> str:
        """An address under `place`.example, which by RFC 2606 can never be anybody's."""
        plain = unicodedata.normalize("NFKD", name.lower().replace(" ", ".")).encode("ascii", "ignore").decode()
        number = self._taken[name]
        return f"{plain}{number if number > 1 else ''}@{place}.example"
