package invention

// tradition is a set of names that go together; it is only there so that a name looks like one, and leaves no trace
// in what is invented: the register has no place for an origin.
type tradition struct {
	noms     []string
	garcons  []string
	filles   []string
	hommes   []string
	femmes   []string
	moderate float64 // how often, in a hundred, a child has a first name of the common lists
}

var traditions = []tradition{
	{
		noms:    words(`Da-Silva Ferreira Pereira Dos-Santos Gonçalves Rodrigues Lopes Fernandes Teixeira Simões`),
		garcons: words(`Tiago Diogo Rafael Gonçalo Lucas`), filles: words(`Beatriz Inês Mariana Lara Luana`),
		hommes: words(`João António José Paulo Luís`), femmes: words(`Maria Fátima Conceição Sónia Paula`), moderate: 55,
	},
	{
		noms:    words(`García Fernández Muñoz Ibáñez Núñez Álvarez Castaño Echeverría Peña Zubizarreta`),
		garcons: words(`Íñigo Pablo Mateo Diego Álvaro`), filles: words(`Lucía Carmen Alba Noelia Begoña`),
		hommes: words(`José Antonio Javier Ramón Íñigo`), femmes: words(`Pilar Mercedes Begoña Dolores Inmaculada`), moderate: 60,
	},
	{
		noms:    words(`Benali Haddad Mansouri El-Amrani Cherif Bouzid Belkacem Ziani Ben-Youssef Khelifi Tazi Oukacha`),
		garcons: words(`Rayan Adam Ilyès Youssef Amine Nassim`), filles: words(`Inès Lina Yasmine Nour Sirine Aya`),
		hommes: words(`Karim Mohamed Rachid Samir Nabil`), femmes: words(`Nadia Samira Fatima Leïla Malika`), moderate: 25,
	},
	{
		noms:    words(`Traoré Diallo Koné N’Diaye Camara Diop Sow Ouédraogo N’Guessan Bâ Mbaye Kouassi`),
		garcons: words(`Mamadou Ibrahima Souleymane Kévin Moussa`), filles: words(`Aminata Fatou Awa Mariam Aïssatou`),
		hommes: words(`Ousmane Cheikh Amadou Issa Boubacar`), femmes: words(`Aminata Mariama Rokia Fanta Adèle`), moderate: 35,
	},
	{
		noms:    words(`Nguyễn Trần Phạm Đặng Huỳnh Lê Võ`),
		garcons: words(`Minh Bảo Đức Hugo Nam`), filles: words(`Thảo Linh Mai Ngọc Hà`),
		hommes: words(`Văn-Hùng Tuấn Quang Đình`), femmes: words(`Thị-Lan Hồng Phượng Thúy`), moderate: 50,
	},
	{
		noms:    words(`Kowalczyk Łukaszewski Wiśniewski Zieliński Wójcik Dąbrowski Ślusarczyk`),
		garcons: words(`Jakub Szymon Łukasz Paweł Jan`), filles: words(`Łucja Zofia Małgorzata Maja Agnieszka`),
		hommes: words(`Paweł Tomasz Michał Krzysztof`), femmes: words(`Agnieszka Małgorzata Joanna Ewa`), moderate: 50,
	},
	{
		noms:    words(`Yılmaz Şahin Öztürk Çelik Aydın Güneş Kılıç`),
		garcons: words(`Emir Yiğit Kerem Ömer Çağan`), filles: words(`Elif Zeynep Ayşe Defne Gülsüm`),
		hommes: words(`Mehmet İbrahim Hüseyin Murat`), femmes: words(`Ayşe Fatma Gülay Şule`), moderate: 25,
	},
	{
		noms:    words(`O’Brien O’Sullivan McCarthy Murphy Smith Walker Taylor Ó-Dálaigh`),
		garcons: words(`Oscar Finn Liam Seán Harry`), filles: words(`Aoife Emily Saoirse Daisy Róisín`),
		hommes: words(`Patrick Kevin Declan Mark Seán`), femmes: words(`Siobhán Karen Sarah Fiona Bríd`), moderate: 40,
	},
	{
		noms:    words(`Müßig Schröder Groß Jäger Bäumler Vögele Van-Dijk Van-den-Berg De-Vries`),
		garcons: words(`Jonas Jürgen Finn Sören Daan`), filles: words(`Käthe Femke Lotte Jule Saskia`),
		hommes: words(`Jürgen Björn Stefan Pieter`), femmes: words(`Ute Käthe Birgit Anneke`), moderate: 45,
	},
	{
		noms:    words(`Popescu Ionescu Constantinescu Țăranu Bălan Șerban Dragomir`),
		garcons: words(`Ștefan Andrei Ionuț Luca David`), filles: words(`Ioana Mălina Ștefania Daria Sofia`),
		hommes: words(`Gheorghe Vasile Ionuț Florin`), femmes: words(`Mihaela Elena Corina Ștefania`), moderate: 40,
	},
	{
		noms:    words(`Shevchenko Kovalenko Bondarenko Tkachenko Melnyk Ковальчук Іваненко`),
		garcons: words(`Danylo Maksym Artem Bohdan`), filles: words(`Sofiia Daryna Anastasiia Zlata`),
		hommes: words(`Oleksandr Andriy Serhiy`), femmes: words(`Olena Oksana Iryna`), moderate: 10,
	},
	{
		noms:    words(`Rakotomalala Andriamanana Razafindrakoto Hoareau Grondin Payet Técher Teriipaia Wéa`),
		garcons: words(`Toky Mahery Yanis Noah Teva`), filles: words(`Fara Tiana Manon Océane Hinano`),
		hommes: words(`Hery Jean-Yves Fabrice Teva`), femmes: words(`Marie-Line Lalao Sabrina Vahinetua`), moderate: 55,
	},
	{
		noms:    words(`Wang Zhang Chen Lin Sok Chhim Xiong Vang`),
		garcons: words(`Wei Jun Lucas Kévin`), filles: words(`Mei Lan Emma Bopha`),
		hommes: words(`Jianguo Wei Sokha Tou`), femmes: words(`Xiaoling Mei Srey Mai`), moderate: 60,
	},
}
