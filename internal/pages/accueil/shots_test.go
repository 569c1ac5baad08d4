package accueil_test
import ("testing";"os/exec";"strings";"os";"base-eleves/internal/browser")
func TestShots(t *testing.T){
 b:=browser.New(t)
 base:="http://127.0.0.1:8140"
 out,_:=exec.Command("sh","-c","cd /tmp/run-accueil && /tmp/be-accueil demo comptes").Output()
 pw:=map[string]string{}
 for _,l:=range strings.Split(string(out),"\n"){f:=strings.Split(l,";"); if len(f)==4{pw[f[1]]=f[2]}}
 for _,who:=range strings.Fields(os.Getenv("WHO")) {
  c:=b.Apart()
  c.Open(base+"/connexion")
  c.Fill("identifiant",who); c.Fill("mot_de_passe",pw[who]); c.Follow("Continuer")
  code,_:=exec.Command("sh","-c","cd /tmp/run-accueil && /tmp/be-accueil demo code "+who).Output()
  c.Fill("code",strings.TrimSpace(string(code))); c.Follow("Se connecter")
  for _,p:=range strings.Fields(os.Getenv("PAGES")) {
   c.Open(base+p)
   for _,w:=range []int{1280,390}{ c.Resize(w); n:="1280"; if w==390{n="390"}; c.Screenshot("/tmp/shots-accueil/"+who+strings.ReplaceAll(p,"/","_")+"-"+n+".png") }
   if os.Getenv("AXE")!="" { c.Accessible() }
  }
 }
}
